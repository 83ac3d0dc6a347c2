import { DBOS } from '@dbos-inc/dbos-sdk'
import type { Pool } from 'pg'

import type { RunStore } from '#ports/run-store.ts'

import { phaseQueue } from './dbos-durable.ts'
import { isSeated } from './executors.ts'

interface Row {
  readonly id: string
  readonly status: string
  readonly executor: string
}

/**
 * Goes on with a run that was parked or cancelled, or whose process died; nothing happens to one that is finished or
 * runs in a living process.
 */
export async function resumeRun(
  { pool, store }: { readonly pool: Pool; readonly store: RunStore },
  id: string,
): Promise<void> {
  const [run, ...phases] = await withPhases(pool, id)
  if (!run) throw new Error(`There is no run "${id}".`)
  if (!(await isLeft(pool, run))) return
  const record = await store.run(id)
  if (record) {
    const unfinished = { outcome: null, reason: null, detail: null, finishedAt: null }
    await store.saveRun({ ...record, ...unfinished, state: 'running' })
  }
  // The phases first: a run that meets a cancelled phase would end by it.
  for (const phase of phases) {
    if (await isLeft(pool, phase)) await DBOS.resumeWorkflow(phase.id, { queueName: phaseQueue })
  }
  await DBOS.resumeWorkflow(id)
}

async function isLeft(pool: Pool, { status, executor }: Row): Promise<boolean> {
  if (status === 'CANCELLED') return true
  return status === 'PENDING' && executor !== DBOS.executorID && !(await isSeated(pool, executor))
}

async function withPhases(pool: Pool, id: string): Promise<readonly Row[]> {
  const { rows } = await pool.query<Row>(
    `select workflow_uuid as id, status, executor_id as executor from dbos.workflow_status
     where workflow_uuid = $1 or parent_workflow_id = $1
     order by workflow_uuid <> $1`,
    [id],
  )
  return rows
}
