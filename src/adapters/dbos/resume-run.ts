import { setTimeout as sleep } from 'node:timers/promises'

import { DBOS } from '@dbos-inc/dbos-sdk'
import type { Pool } from 'pg'

import type { RunStore } from '#ports/run-store.ts'

import { phaseQueue, sharedQueueOf } from './dbos-durable.ts'
import { isSeated } from './executors.ts'
import { ownerOf, type Terms } from './roles.ts'

interface Row {
  readonly id: string
  readonly status: string
  readonly executor: string
  readonly queue: string | null
}

interface Resuming {
  readonly pool: Pool
  readonly store: RunStore
  readonly terms: Terms
}

/**
 * Goes on with a run that was parked or cancelled, or whose process died; nothing happens to one that is finished or
 * runs here. Throws when it runs in another living process.
 */
export async function resumeRun({ pool, store, terms }: Resuming, id: string): Promise<void> {
  const [run, ...phases] = await withPhases(pool, terms, id)
  if (!run) throw new Error(`There is no run "${id}".`)
  if (!(await isLeftSoon(pool, run))) {
    if (isElsewhere(run)) throw new Error(`Run "${id}" is under way in another process.`)
    return
  }
  const record = await store.run(id)
  if (record) {
    const unfinished = { outcome: null, reason: null, detail: null, finishedAt: null }
    await store.saveRun({ ...record, ...unfinished, state: 'running' })
  }
  const { ownQueue } = terms
  // The phases first: a run that meets a cancelled phase would end by it.
  for (const phase of phases) {
    const queueName = ownQueue ?? sharedQueueOf(phase.queue) ?? phaseQueue
    if (await isLeft(pool, phase)) await DBOS.resumeWorkflow(phase.id, { queueName })
  }
  await DBOS.resumeWorkflow(id, ownQueue === null ? {} : { queueName: ownQueue })
}

/** The database takes a moment to see that a process was killed. */
async function isLeftSoon(pool: Pool, row: Row): Promise<boolean> {
  for (let tries = 1; tries < 20; tries += 1) {
    if (await isLeft(pool, row)) return true
    if (!isElsewhere(row)) return false
    await sleep(100)
  }
  return isLeft(pool, row)
}

async function isLeft(pool: Pool, row: Row): Promise<boolean> {
  if (row.status === 'CANCELLED') return true
  const holder = holderOf(row)
  return holder !== null && holder !== DBOS.executorID && !(await isSeated(pool, holder))
}

function isElsewhere(row: Row): boolean {
  const holder = holderOf(row)
  return holder !== null && holder !== DBOS.executorID
}

/** The process that works on it or alone may; null where it is finished or any process may take it. */
function holderOf({ status, executor, queue }: Row): string | null {
  if (status === 'PENDING') return executor
  return status === 'ENQUEUED' ? ownerOf(queue) : null
}

async function withPhases(pool: Pool, { application }: Terms, id: string): Promise<readonly Row[]> {
  const { rows } = await pool.query<Row>(
    `select workflow_uuid as id, status, executor_id as executor, queue_name as queue
     from dbos.workflow_status
     where (workflow_uuid = $1 or parent_workflow_id = $1) and application_name = $2
     order by workflow_uuid <> $1`,
    [id, application],
  )
  return rows
}
