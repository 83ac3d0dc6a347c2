import { setTimeout as sleep } from 'node:timers/promises'

import { DBOS } from '@dbos-inc/dbos-sdk'
import { DBOSExecutor } from '@dbos-inc/dbos-sdk/internal/dbos-executor'
import type { Pool, PoolClient } from 'pg'

import type { Workflow } from '#domain/workflow.ts'
import type { Programs } from '#ports/durable.ts'
import type { Engine } from '#ports/engine.ts'
import type { RunStore } from '#ports/run-store.ts'
import type { Clock } from '#ports/world.ts'

import { Completions } from './completions.ts'
import { phaseQueue, stepsSettled } from './dbos-durable.ts'
import { dbosEngine } from './dbos-engine.ts'
import { takeSeat } from './executors.ts'
import { install, type RunsHere } from './programs.ts'
import { type DeadRuns, parkRunsOf, supervise } from './supervisor.ts'

export interface EngineOptions {
  /** Connections for all of this process; the caller opens and ends it. */
  readonly pool: Pool
  readonly databaseUrl: string
  /** Unique among living processes; the same id after a restart goes on with its own runs at once. */
  readonly executorId: string
  readonly programs: Programs
  readonly workflows: Readonly<Record<string, Workflow>>
  readonly store: RunStore
  readonly clock: Clock
  readonly deadRuns?: DeadRuns
  readonly deadAfterMs?: number
  readonly beatMs?: number
  readonly revive?: () => Promise<void>
  /** Brings the progress of phases that run elsewhere; the same that the programs tell. */
  readonly relay?: RunsHere
}

/**
 * Pinned: the SDK would hash the code and leave runs of any other hash behind. A change of what a run in flight
 * would do needs `DBOS.patch`, a change nobody in flight may survive a new number.
 */
const applicationVersion = '1'

/** How long a step may take to stop when this process leaves. */
const leaveWithinMs = 6000

/** Launches the durable engine in this process; there is one at a time. */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  const { pool, executorId, beatMs = 2000, deadAfterMs = 30_000, deadRuns = 'adopt' } = options
  const seat = await takeSeat(pool, options.databaseUrl, executorId)
  const leaving = new AbortController()
  const completions = new Completions(pool)
  const { programs, workflows } = options
  install({
    programs,
    completions,
    leaving: leaving.signal,
    workflowNamed: finder(workflows),
    relay: options.relay ?? null,
  })
  try {
    await launchInTurn(options)
  } catch (error) {
    // What is left open would keep the process from ending.
    completions.close()
    await DBOS.shutdown().catch(ignore)
    install(null)
    await seat.leave()
    throw error
  }
  const revive = options.revive ?? (() => Promise.resolve())
  const self = executorId
  const supervisor = await supervise({ pool, self, deadAfterMs, beatMs, deadRuns, seat, revive })
  const stop = async () => {
    leaving.abort()
    await supervisor.stop()
    completions.close()
    if (deadRuns === 'park') await parkRunsOf(pool, [executorId])
    await stepsSettled(leaveWithinMs)
    await DBOS.shutdown()
    install(null)
    await seat.leave()
  }
  return { ...dbosEngine({ ...options, completions, workflowNamed: finder(workflows) }), stop }
}

function finder(workflows: Readonly<Record<string, Workflow>>): (name: string) => Workflow {
  return (name) => {
    const workflow = workflows[name]
    if (!workflow) throw new Error(`There is no workflow named "${name}".`)
    return workflow
  }
}

/** The SDK makes its tables at the first launch, and two of these at once would trip over one another. */
async function launchInTurn(options: EngineOptions): Promise<void> {
  const client = await options.pool.connect()
  try {
    // Asked again and again: a query that waits would hold up the SDK's concurrent index builds.
    while (!(await takesLock(client))) await sleep(50)
    await launch(options)
  } finally {
    await client.query('select pg_advisory_unlock($1)', [launchLock]).catch(ignore)
    client.release()
  }
}

async function takesLock(client: PoolClient): Promise<boolean> {
  const text = 'select pg_try_advisory_lock($1) as taken'
  const { rows } = await client.query<{ taken: boolean }>(text, [launchLock])
  return rows[0]?.taken === true
}

/** Any number will do that nobody else locks in this database. */
const launchLock = 6_730_411

async function launch({ pool, databaseUrl, executorId }: EngineOptions): Promise<void> {
  DBOS.setConfig({
    name: 'goalkeeper',
    systemDatabaseUrl: databaseUrl,
    systemDatabasePool: pool,
    executorID: executorId,
    applicationVersion,
    enablePatching: true,
    logger: silent,
  })
  await DBOS.launch()
  const database = DBOSExecutor.globalInstance?.systemDatabase
  // A cancelled step is told within a quarter of a second, not within one.
  if (database) database.dbPollingIntervalCancelMs = 250
  await DBOS.registerQueue(phaseQueue, {
    partitionConcurrency: 1,
    globalConcurrency: 4,
    minPollingIntervalMs: 50,
    onConflict: 'always_update',
  })
}

/** What matters of the engine's doings is in our own records; its log would spoil the progress tree. */
const silent = { info: ignore, debug: ignore, warn: ignore, error: ignore }

function ignore(): void {
  // Nothing to tell.
}
