import { type Kysely, sql } from 'kysely'

import type { MendingTasks } from '#ports/mending-tasks.ts'

import type { Tables } from './tables.ts'

interface Row {
  readonly task: string
  readonly started_at: Date
  readonly ended_at: Date
  readonly is_mended: boolean
  readonly is_taken_over: boolean
  readonly is_taken_back: boolean
  readonly live_at: Date | null
}

/** The tasks to repair something with their runs: how the last one ended, and whether all have. */
export const tasksWithRuns = sql`
  select t.id as task, min(r.started_at) as started_at, max(r.finished_at) as ended_at,
    bool_and(r.state = 'finished') as is_over,
    coalesce((array_agg(r.outcome order by r.started_at desc, r.id desc))[1], '')
      in ('success', 'success_with_warnings')
      and bool_or(exists (select from goalkeeper.audit a where a.run_id = r.id and a.type = 'fix-delivered'))
      as is_mended
  from goalkeeper.tasks t join goalkeeper.runs r on r.task_id = t.id and r.workflow != 'deploy'
  group by t.id`

/** Tasks with what became of their runs, their proposals and the deploys of those, in PostgreSQL. */
export function postgresMendingTasks(database: Kysely<Tables>): MendingTasks {
  return {
    async since(time) {
      const { rows } = await sql<Row>`
        select e.task, e.started_at, e.ended_at, e.is_mended,
          exists (select from goalkeeper.proposals p
            where p.task_id = e.task and p.given_up = 'taken-over') as is_taken_over,
          exists (select from goalkeeper.proposals p
            where p.task_id = e.task and p.reverted_at is not null) as is_taken_back,
          (select min(d.live_at) from goalkeeper.proposals p
            join goalkeeper.deployments d on d.repository = p.repository and d.pull = p.number
            where p.task_id = e.task and d.state = 'verified') as live_at
        from (${tasksWithRuns}) e where e.is_over and e.ended_at >= ${time} order by e.ended_at, e.task`.execute(
        database,
      )
      return rows.map((row) => ({
        taskId: row.task,
        startedAt: row.started_at,
        endedAt: row.ended_at,
        isMended: row.is_mended,
        isTakenOver: row.is_taken_over,
        isTakenBack: row.is_taken_back,
        liveAt: row.live_at,
      }))
    },
  }
}
