import { type Kysely, sql } from 'kysely'

import type { Accounts } from '#ports/accounts.ts'
import type { RunStore } from '#ports/run-store.ts'
import type { FinishedRun, FinishedRuns } from '#ports/telemetry.ts'

import { runFrom } from './rows.ts'
import type { Tables } from './tables.ts'

interface Parts {
  readonly database: Kysely<Tables>
  readonly store: Pick<RunStore, 'attempts'>
  readonly accounts: Accounts
}

/** Runs that ended, in PostgreSQL. A place is a time and an id, `2026-11-29T10:00:00.000Z run_…`. */
export function postgresFinishedRuns({ database, store, accounts }: Parts): FinishedRuns {
  return {
    async after(place, limit) {
      const [time = '', id = ''] = place.split(' ')
      const rows = await database
        .selectFrom('runs')
        .selectAll()
        .where('state', '=', 'finished')
        .where(sql<boolean>`(finished_at, id) > (${time}::timestamptz, ${id})`)
        .orderBy('finished_at')
        .orderBy('id')
        .limit(limit)
        .execute()
      const found: FinishedRun[] = []
      for (const run of rows.map(runFrom)) {
        const account = await accounts.of(run.id)
        found.push({
          run,
          taskId: account?.taskId ?? run.taskId,
          attempts: await store.attempts(run.id),
          heard: await heardOf(database, run.id, run.startedAt),
        })
      }
      return found
    },
  }
}

/** What became of a delivery is a note, and the note of the one that began a run names it. */
async function heardOf(
  database: Kysely<Tables>,
  runId: string,
  startedAt: string,
): Promise<FinishedRun['heard']> {
  const start = new Date(startedAt).getTime()
  const near = 10 * 60_000
  const row = await database
    .selectFrom('inbox')
    .select(['delivery_id', 'name', 'received_at', 'settled_at'])
    .where('settled_at', '>=', new Date(start - near))
    .where('settled_at', '<=', new Date(start + near))
    .where(sql<boolean>`strpos(reason, ${runId}) > 0`)
    .orderBy('sequence')
    .executeTakeFirst()
  if (row?.settled_at == null) return null
  const { delivery_id: delivery, name, received_at: at, settled_at: settledAt } = row
  return { delivery, name, at, settledAt }
}
