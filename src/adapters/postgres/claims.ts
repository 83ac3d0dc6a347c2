import { type Kysely, sql } from 'kysely'

import type { Claims } from '#ports/claims.ts'

import type { Tables } from './tables.ts'

/** Claims in PostgreSQL: the primary key decides between processes. */
export function postgresClaims(database: Kysely<Tables>): Claims {
  return {
    async take({ key, runId, taskId }) {
      await database
        .insertInto('claims')
        .values({ key, run_id: runId, task_id: taskId })
        .onConflict((conflict) => conflict.column('key').doNothing())
        .execute()
      const row = await database
        .selectFrom('claims')
        .selectAll()
        .where('key', '=', key)
        .executeTakeFirstOrThrow()
      return { key, runId: row.run_id, taskId: row.task_id }
    },
    async whoWrote(sha) {
      const row = await database
        .selectFrom('audit')
        .select('run_id')
        .where('type', '=', 'fix-commit')
        .where(sql`data->>'sha'`, '=', sha)
        .orderBy('sequence', 'desc')
        .executeTakeFirst()
      return row?.run_id ?? null
    },
  }
}
