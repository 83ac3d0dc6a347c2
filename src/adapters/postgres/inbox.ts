import { type Kysely, sql } from 'kysely'

import type { Inbox, Retention, TakenDelivery } from '#ports/inbox.ts'

import { deliveryFrom, settlementRow } from './inbox-rows.ts'
import type { Tables } from './tables.ts'

/** The inbox in PostgreSQL; tables are made by `migrate`. */
export function postgresInbox(database: Kysely<Tables>): Inbox {
  return { ...door(database), ...hands(database), ...records(database) }
}

function door(database: Kysely<Tables>): Pick<Inbox, 'store' | 'known'> {
  return {
    async store(deliveries) {
      if (deliveries.length === 0) return []
      const columns = [
        deliveries.map(({ id }) => id),
        deliveries.map(({ name }) => name),
        deliveries.map(({ payload }) => payload),
      ].map((texts) => sql`${texts}::text[]`)
      const stored = await sql<{ delivery_id: string }>`
        insert into goalkeeper.inbox (delivery_id, name, payload)
        select * from unnest(${sql.join(columns)})
        on conflict (delivery_id) do nothing
        returning delivery_id`.execute(database)
      return stored.rows.map(({ delivery_id: id }) => id)
    },
    async known(ids) {
      if (ids.length === 0) return new Set()
      const rows = await database
        .selectFrom('inbox')
        .select('delivery_id')
        .where('delivery_id', 'in', [...ids])
        .execute()
      return new Set(rows.map(({ delivery_id: id }) => id))
    },
  }
}

function hands(database: Kysely<Tables>): Pick<Inbox, 'take' | 'renew' | 'settle' | 'release'> {
  return {
    async take(holder, { limit, leaseMs }) {
      const taken = await sql<TakenDelivery & { readonly sequence: string }>`
        update goalkeeper.inbox
        set holder = ${holder}, due_at = ${later(leaseMs)}, attempts = attempts + 1
        where delivery_id in (
          select delivery_id from goalkeeper.inbox
          where state = 'received' and due_at <= clock_timestamp()
          order by sequence limit ${limit} for update skip locked
        )
        returning delivery_id as id, name, payload, attempts as attempt, sequence`.execute(database)
      const inOrder = taken.rows.toSorted((a, b) => Number(a.sequence) - Number(b.sequence))
      return inOrder.map(({ id, name, payload, attempt }) => ({ id, name, payload, attempt }))
    },
    async renew(holder, leaseMs) {
      await database
        .updateTable('inbox')
        .set({ due_at: later(leaseMs) })
        .where('holder', '=', holder)
        .execute()
    },
    async settle(holder, id, settlement) {
      const { numUpdatedRows } = await database
        .updateTable('inbox')
        .set(settlementRow(settlement))
        .where('delivery_id', '=', id)
        .where('holder', '=', holder)
        .executeTakeFirst()
      return numUpdatedRows > 0n
    },
    async release(holder) {
      await database
        .updateTable('inbox')
        .set({ holder: null, due_at: later(0), attempts: sql`greatest(attempts - 1, 0)` })
        .where('holder', '=', holder)
        .execute()
    },
  }
}

function records(database: Kysely<Tables>): Pick<Inbox, 'record' | 'tidy'> {
  return {
    async record(id) {
      const row = await database
        .selectFrom('inbox')
        .selectAll()
        .where('delivery_id', '=', id)
        .executeTakeFirst()
      return row ? deliveryFrom(row) : null
    },
    async tidy({ donePayloadMs, failedPayloadMs, recordMs }: Retention) {
      for (const [state, ms] of [
        ['done', donePayloadMs],
        ['failed', failedPayloadMs],
      ] as const) {
        await database
          .updateTable('inbox')
          .set({ payload: null })
          .where('state', '=', state)
          .where('payload', 'is not', null)
          .where('settled_at', '<=', later(-ms))
          .execute()
      }
      await database.deleteFrom('inbox').where('settled_at', '<=', later(-recordMs)).execute()
    },
  }
}

/** The database's clock, so that processes on several machines agree. */
function later(ms: number) {
  return sql<Date>`clock_timestamp() + ${ms} * interval '1 millisecond'`
}
