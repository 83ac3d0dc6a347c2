import { type Kysely, sql } from 'kysely'

import type { ChannelName, News } from '#domain/news.ts'
import type { Outbox } from '#ports/news.ts'

import type { Tables } from './tables.ts'

interface Taken {
  readonly sequence: string
  readonly channel: ChannelName
  readonly news: News
  readonly posted_at: Date
  readonly attempts: number
}

/** What is to be told, in PostgreSQL; several processes may take from it at once. */
export function postgresOutbox(database: Kysely<Tables>): Outbox {
  return {
    async post(news, channels) {
      if (channels.length === 0) return
      const text = JSON.stringify(news).replaceAll(String.raw`\u0000`, String.raw`\ufffd`)
      const rows = channels.map((channel) => ({ key: news.key, channel, news: text }))
      await database
        .insertInto('news')
        .values(rows)
        .onConflict((conflict) => conflict.columns(['key', 'channel']).doNothing())
        .execute()
    },
    async take(limit, leaseMs) {
      const { rows } = await sql<Taken>`
        update goalkeeper.news
        set due_at = ${later(leaseMs)}, attempts = attempts + 1
        where (key, channel) in (
          select key, channel from goalkeeper.news
          where state = 'due' and due_at <= clock_timestamp()
          order by sequence limit ${limit} for update skip locked
        )
        returning sequence, channel, news, posted_at, attempts`.execute(database)
      const inOrder = rows.toSorted((a, b) => Number(a.sequence) - Number(b.sequence))
      return inOrder.map(({ sequence, channel, news, posted_at: postedAt, attempts: attempt }) => {
        return { id: sequence, channel, news, postedAt, attempt }
      })
    },
    sent: (id) => settle(database, id, { state: 'sent', problem: null }),
    async failed(id, problem, afterMs) {
      if (afterMs === null) return await settle(database, id, { state: 'given-up', problem })
      await database
        .updateTable('news')
        .set({ problem, due_at: later(afterMs) })
        .where('sequence', '=', id)
        .where('state', '=', 'due')
        .execute()
    },
  }
}

async function settle(
  database: Kysely<Tables>,
  id: string,
  to: { readonly state: 'sent' | 'given-up'; readonly problem: string | null },
): Promise<void> {
  await database
    .updateTable('news')
    .set({ ...to, settled_at: later(0) })
    .where('sequence', '=', id)
    .where('state', '=', 'due')
    .execute()
}

/** The database's clock, so that processes on several machines agree. */
function later(ms: number) {
  return sql<Date>`clock_timestamp() + ${ms} * interval '1 millisecond'`
}
