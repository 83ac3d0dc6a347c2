import { type Kysely, sql } from 'kysely'

import type { WaitingPulls } from '#ports/waiting-pulls.ts'

import type { Tables } from './tables.ts'

/** Pull requests that wait for their base, in PostgreSQL. */
export function postgresWaitingPulls(database: Kysely<Tables>): WaitingPulls {
  return {
    async wait({ repository, pull, headSha, base }) {
      await database
        .insertInto('waiting_pulls')
        .values({ repository: String(repository), pull, head_sha: headSha, base })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    },
    async forBase(repository, base) {
      const rows = await database
        .selectFrom('waiting_pulls')
        .select(['pull', 'head_sha'])
        .where('repository', '=', String(repository))
        .where('base', '=', base)
        .where('told_at', 'is', null)
        .orderBy('pull')
        .execute()
      return rows.map(({ pull, head_sha: headSha }) => ({ repository, pull, headSha, base }))
    },
    async told({ repository, pull, headSha }) {
      await database
        .updateTable('waiting_pulls')
        .set({ told_at: sql`clock_timestamp()` })
        .where('repository', '=', String(repository))
        .where('pull', '=', pull)
        .where('head_sha', '=', headSha)
        .execute()
    },
  }
}
