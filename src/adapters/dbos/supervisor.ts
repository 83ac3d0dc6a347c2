import { DBOS } from '@dbos-inc/dbos-sdk'
import { DBOSExecutor } from '@dbos-inc/dbos-sdk/internal/dbos-executor'
import type { Pool } from 'pg'

import { sharedQueueOf } from './dbos-durable.ts'
import { deadExecutors, forgetTheGone, type Seat, strikeOff } from './executors.ts'
import { runName } from './programs.ts'
import type { Role, Terms } from './roles.ts'

export interface Supervision {
  readonly pool: Pool
  readonly self: string
  readonly deadAfterMs: number
  readonly beatMs: number
  readonly role: Role
  readonly terms: Terms
  readonly seat: Seat
  /** Brings an embedded database back after its crash. */
  readonly revive: () => Promise<void>
}

/** A workflow that is ours on record for so long without running here was forgotten. */
const strandedAfterMs = 60_000

/** Beats until `stop`: shows we are alive, takes care of the dead, and picks up what was forgotten. */
export async function supervise(of: Supervision): Promise<{ stop(): Promise<void> }> {
  let beating: Promise<void> = Promise.resolve()
  const beat = async () => {
    try {
      await of.seat.beat()
      await careForTheDead(of)
      await careForTheStranded(of)
    } catch {
      // The database is away: the next beat tries again.
      await of.revive().catch(() => undefined)
    }
  }
  await careForTheDead(of)
  await forgetTheGone(of.pool, of.deadAfterMs)
  const timer = setInterval(() => {
    beating = beating.then(beat)
  }, of.beatMs)
  return {
    async stop() {
      clearInterval(timer)
      await beating
    },
  }
}

async function careForTheDead(of: Supervision): Promise<void> {
  const { application } = of.terms
  const deadAfterMs = of.role === 'command' ? null : of.deadAfterMs
  const dead = await deadExecutors(of.pool, { ...of, application, deadAfterMs })
  if (dead.length === 0) return
  if (of.role === 'command') await parkRunsOf(of.pool, dead)
  else await DBOSExecutor.globalInstance?.recoverPendingWorkflows([...dead])
  await strikeOff(of.pool, dead)
}

/** Sets unfinished runs aside so that they hold no place in the queue; `resume` takes them up again. */
export async function parkRunsOf(pool: Pool, executors: readonly string[]): Promise<void> {
  const { rows } = await pool.query<{ id: string }>(
    `select workflow_uuid as id from dbos.workflow_status
     where status = 'PENDING' and name = $1 and executor_id = any($2)`,
    [runName, executors],
  )
  const ids = rows.map(({ id }) => id)
  if (ids.length === 0) return
  await DBOS.cancelWorkflows(ids, { cancelChildren: true })
  await pool.query(`update goalkeeper.runs set state = 'waiting' where id = any($1)`, [ids])
}

/** Seen once under a database that was killed while it wrote; public calls only. */
async function careForTheStranded({ pool, self, terms }: Supervision): Promise<void> {
  const running = DBOSExecutor.globalInstance?.systemDatabase.runningWorkflowMap
  if (!running) return
  const { rows } = await pool.query<{ id: string; queue: string | null }>(
    `select workflow_uuid as id, queue_name as queue from dbos.workflow_status
     where status = 'PENDING' and executor_id = $1
       and updated_at < extract(epoch from clock_timestamp()) * 1000 - $2::bigint`,
    [self, strandedAfterMs],
  )
  for (const { id, queue } of rows) {
    if (running.has(id)) continue
    const queueName = terms.ownQueue ?? sharedQueueOf(queue)
    await DBOS.resumeWorkflow(id, queueName === null ? {} : { queueName })
  }
}
