import { type Kysely, sql } from 'kysely'

import type { AcceptedEdit } from '#domain/recipe.ts'
import type { ModelEdits } from '#ports/recipes.ts'

import type { Tables } from './tables.ts'

/** Nobody waits for more pairs than these. */
const most = 200

/** Edits of models in PostgreSQL; what became of them stands in the proposals of their task. */
export function postgresModelEdits(database: Kysely<Tables>): ModelEdits {
  return {
    async keep({ repository, taskId }, edits) {
      if (edits.length === 0) return
      const of = { repository: String(repository), task_id: taskId }
      await database
        .insertInto('model_edits')
        .values(edits.map(({ path, before, after }) => ({ ...of, path, before, after })))
        .onConflict((conflict) => conflict.columns(['repository', 'task_id', 'path']).doNothing())
        .execute()
    },
    async accepted(repository) {
      const { rows } = await sql<AcceptedEdit>`
        select proposal.number, edit.path, edit.before, edit.after
        from ${sql.table('goalkeeper.model_edits')} as edit
        join ${sql.table('goalkeeper.proposals')} as proposal
          on proposal.repository = edit.repository and proposal.task_id = edit.task_id
        where edit.repository = ${repository} and proposal.kind in ('fix', 'bug')
          and proposal.given_up = 'merged' and proposal.reverted_at is null
        order by edit.at desc, edit.path limit ${most}`.execute(database)
      return rows
    },
  }
}
