import { type Kysely, sql } from 'kysely'

import type { Tallies, Tally } from '#ports/telemetry.ts'

import { tasksWithRuns } from './mending-tasks.ts'
import type { Tables } from './tables.ts'

/** How much there is of everything, in one question. Labels are words of ours: no repository, environment, branch or login. */
export function postgresTallies(database: Kysely<Tables>): Tallies {
  return {
    async count() {
      const { rows } = await sql<Omit<Tally, 'count'> & { readonly count: string }>`
        select 'runs' as name, json_build_object('workflow', workflow, 'state', state,
          'outcome', coalesce(outcome, '')) as labels, count(*) from goalkeeper.runs group by workflow, state, outcome
        union all select 'tasks', json_build_object('end', case when not is_over then 'under-way'
            when is_mended then 'mended' else 'not-mended' end)::json, count(*)
          from (${tasksWithRuns}) t group by is_over, is_mended
        union all select 'deployments', json_build_object('state', state)::json, count(*)
          from goalkeeper.deployments group by state
        union all select 'decisions', json_build_object('verdict', verdict)::json, count(*)
          from goalkeeper.decisions group by verdict
        union all select 'deliveries', json_build_object('state', state)::json, count(*)
          from goalkeeper.inbox group by state
        union all select 'news', json_build_object('channel', channel, 'state', state)::json, count(*)
          from goalkeeper.news group by channel, state`.execute(database)
      return rows.map((row) => ({ ...row, count: Number(row.count) }))
    },
  }
}
