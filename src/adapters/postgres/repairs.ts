import { type Kysely, sql, type Transaction } from 'kysely'

import type { Repairs, TakenFailure, Taking } from '#ports/repairs.ts'

import { hashOf } from './failure-hash.ts'
import type { Tables } from './tables.ts'

/** Repairs in PostgreSQL: one open row for a failure, by a unique index. */
export function postgresRepairs(database: Kysely<Tables>): Repairs {
  return {
    spent: (repository, failure) => spent(database, repository, hashOf(failure)),
    take: (wanted) =>
      database.transaction().execute((within) => take(within, { ...wanted, ...hashed(wanted) })),
    async passOn(taskId, runId) {
      await database
        .updateTable('repairs')
        .set({ run_id: runId })
        .where('task_id', '=', taskId)
        .where('ended', 'is', null)
        .execute()
    },
    async end(taskId, how) {
      await database
        .updateTable('repairs')
        .set({ ended: how, ended_at: sql`clock_timestamp()` })
        .where('task_id', '=', taskId)
        .where('ended', 'is', null)
        .execute()
    },
    async onBranch(repository, branch) {
      const rows = await database
        .selectFrom('repairs')
        .select(['run_id', 'head_sha'])
        .distinct()
        .where('repository', '=', String(repository))
        .where('branch', '=', branch)
        .where('ended', 'is', null)
        .execute()
      return rows.map(({ run_id: runId, head_sha: headSha }) => ({ runId, headSha }))
    },
  }
}

function hashed({ failure }: TakenFailure): { readonly failure: string } {
  return { failure: hashOf(failure) }
}

async function spent(
  database: Kysely<Tables>,
  repository: number,
  failure: string,
): Promise<number> {
  const { rows } = await sql<{ spent: number }>`
    select count(*)::integer as spent from ${sql.table('goalkeeper.repairs')} as one
    where repository = ${repository} and failure = ${failure} and ended = 'unfixed'
      and ended_at > coalesce((
        select max(ended_at) from ${sql.table('goalkeeper.repairs')} as good
        where good.repository = one.repository and good.failure = one.failure
          and good.ended = 'green'
      ), '-infinity')`.execute(database)
  return rows[0]?.spent ?? 0
}

/** One after the other for each failure; `wanted.failure` is hashed. */
async function take(within: Transaction<Tables>, wanted: TakenFailure): Promise<Taking> {
  const { repository, failure, taskId, round } = wanted
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${repository} ${failure}`}, 0))`.execute(
    within,
  )
  const own = await rowOf(within, wanted)
  if (own !== undefined && own.round < round) return { kind: 'unchanged' }
  if (own?.ended === null) return { kind: 'taken' }
  const holder = await holderOf(within, wanted)
  if (holder !== undefined && !givesWay(holder, wanted)) return { kind: 'held', by: holder.run_id }
  if (holder !== undefined) await letGo(within, holder.task_id, wanted)
  const row = {
    repository: String(repository),
    failure,
    task_id: taskId,
    run_id: wanted.runId,
    branch: wanted.branch,
    head_sha: wanted.headSha,
    round,
  }
  await within
    .insertInto('repairs')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(['repository', 'failure', 'task_id'])
        .doUpdateSet({ run_id: wanted.runId, ended: null, ended_at: null }),
    )
    .execute()
  return { kind: 'taken' }
}

function rowOf(within: Transaction<Tables>, { repository, failure, taskId }: TakenFailure) {
  return within
    .selectFrom('repairs')
    .selectAll()
    .where('repository', '=', String(repository))
    .where('failure', '=', failure)
    .where('task_id', '=', taskId)
    .executeTakeFirst()
}

/** Who has it, and where its run is. A run that was handed on to is on record only when it begins. */
function holderOf(within: Transaction<Tables>, { repository, failure }: TakenFailure) {
  return within
    .selectFrom('repairs')
    .leftJoin('runs', 'runs.id', 'repairs.run_id')
    .select(['repairs.task_id', 'repairs.run_id', 'repairs.branch', 'repairs.head_sha'])
    .select('runs.state')
    .where('repairs.repository', '=', String(repository))
    .where('repairs.failure', '=', failure)
    .where('repairs.ended', 'is', null)
    .executeTakeFirst()
}

type Holder = NonNullable<Awaited<ReturnType<typeof holderOf>>>

/** One that is over and did not say so, as when it was cancelled; and one on a commit that the branch has left. */
function givesWay({ state, branch, head_sha }: Holder, wanted: TakenFailure): boolean {
  return state === 'finished' || (branch === wanted.branch && head_sha !== wanted.headSha)
}

async function letGo(
  within: Transaction<Tables>,
  taskId: string,
  { repository, failure }: TakenFailure,
): Promise<void> {
  await within
    .updateTable('repairs')
    .set({ ended: 'stood-down', ended_at: sql`clock_timestamp()` })
    .where('repository', '=', String(repository))
    .where('failure', '=', failure)
    .where('task_id', '=', taskId)
    .execute()
}
