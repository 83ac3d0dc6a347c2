import { type Kysely, sql } from 'kysely'

import type { Tally } from '#domain/lesson.ts'
import type { Lessons } from '#ports/lessons.ts'

import type { Tables } from './tables.ts'

/** Lessons in PostgreSQL. A fix that somebody closed unmerged, or reverted, was no success, whatever the checks said of it. */
export function postgresLessons(database: Kysely<Tables>): Lessons {
  return {
    async known(repository, kinds, since) {
      if (kinds.length === 0) return []
      const { rows } = await sql<Tally>`
        select kind, strategy, count(*)::integer as tried,
          (count(*) filter (where is_kept and not exists (
            select from ${sql.table('goalkeeper.proposals')} as proposal
            where proposal.task_id = lesson.task_id and proposal.kind in ('fix', 'bug')
              and (proposal.given_up = 'closed' or proposal.reverted_at is not null)
          )))::integer as kept
        from ${sql.table('goalkeeper.lessons')} as lesson
        where repository = ${repository} and kind = any(${[...kinds]}) and at >= ${since}
        group by kind, strategy
        order by kind, strategy`.execute(database)
      return rows
    },
    async learn({ repository, taskId, runId, check }, lessons) {
      if (lessons.length === 0) return
      const of = { repository, task_id: taskId, run_id: runId, check_name: check }
      await database
        .insertInto('lessons')
        .values(
          lessons.map(({ kind, strategy, isKept }, number) => ({
            ...of,
            number,
            kind,
            strategy,
            is_kept: isKept,
          })),
        )
        .onConflict((conflict) => conflict.columns(['run_id', 'check_name', 'number']).doNothing())
        .execute()
    },
  }
}
