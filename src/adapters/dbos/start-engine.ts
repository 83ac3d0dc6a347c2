import { setTimeout as sleep } from 'node:timers/promises'

import { DBOS } from '@dbos-inc/dbos-sdk'
import { DBOSExecutor } from '@dbos-inc/dbos-sdk/internal/dbos-executor'
import type { Pool, PoolClient } from 'pg'

import type { Workflow } from '#domain/workflow.ts'
import type { Programs } from '#ports/durable.ts'
import type { Engine } from '#ports/engine.ts'
import type { RunStore } from '#ports/run-store.ts'
import type { Clock } from '#ports/world.ts'

import { type OwnSecrets, ownSecrets } from '../secrets/own-secrets.ts'
import { Completions } from './completions.ts'
import { deployQueue, phaseQueue, stepsSettled } from './dbos-durable.ts'
import { dbosEngine } from './dbos-engine.ts'
import { takeSeat } from './executors.ts'
import { Lookout } from './lookout.ts'
import { install, type RunsHere } from './programs.ts'
import { type Role, type Terms, termsOf } from './roles.ts'
import { parkRunsOf, supervise, type Supervision } from './supervisor.ts'

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
  readonly role?: Role
  readonly deadAfterMs?: number
  readonly beatMs?: number
  readonly revive?: () => Promise<void>
  /** Brings the progress of phases that run elsewhere; the same that the programs tell. */
  readonly relay?: RunsHere
  readonly secrets?: OwnSecrets
}

/** How long a step may take to stop when this process leaves. */
const leaveWithinMs = 6000

/** Launches the durable engine in this process; there is one at a time. */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  const { pool, executorId, role = 'service' } = options
  const terms = termsOf(role, executorId)
  const seat = await takeSeat(pool, options.databaseUrl, executorId)
  const leaving = new AbortController()
  const [completions, lookout] = [new Completions(pool), new Lookout(pool)]
  const { programs, relay = null, secrets = ownSecrets() } = options
  const workflowNamed = finder(options.workflows)
  const { signal } = leaving
  install({ programs, completions, lookout, leaving: signal, role, secrets, workflowNamed, relay })
  const shutDown = async (): Promise<void> => {
    completions.close()
    lookout.close()
    try {
      await DBOS.shutdown()
    } finally {
      install(null)
      await seat.leave()
    }
  }
  try {
    await launchInTurn(options, terms)
    const supervisor = await supervise(supervisionOf(options, { role, terms, seat }))
    const stop = async (): Promise<void> => {
      leaving.abort()
      await supervisor.stop()
      try {
        if (role === 'command') await parkRunsOf(pool, [executorId])
        await stepsSettled(leaveWithinMs)
        if (terms.ownQueue !== null) await DBOS.deleteQueue(terms.ownQueue)
      } finally {
        await shutDown()
      }
    }
    return { ...dbosEngine({ ...options, completions, terms, workflowNamed }), stop }
  } catch (error) {
    // What is left open would keep the process from ending.
    await shutDown().catch(ignore)
    throw error
  }
}

function supervisionOf(
  options: EngineOptions,
  more: Pick<Supervision, 'role' | 'terms' | 'seat'>,
): Supervision {
  const { pool, executorId: self, beatMs = 2000, deadAfterMs = 30_000 } = options
  const revive = options.revive ?? (() => Promise.resolve())
  return { pool, self, beatMs, deadAfterMs, revive, ...more }
}

function finder(workflows: Readonly<Record<string, Workflow>>): (name: string) => Workflow {
  return (name) => {
    const workflow = workflows[name]
    if (!workflow) throw new Error(`There is no workflow named "${name}".`)
    return workflow
  }
}

/** The SDK makes its tables at the first launch, and two of these at once would trip over one another. */
async function launchInTurn(options: EngineOptions, terms: Terms): Promise<void> {
  const client = await options.pool.connect()
  try {
    // Asked again and again: a query that waits would hold up the SDK's concurrent index builds.
    while (!(await takesLock(client))) await sleep(50)
    await launch(options, terms)
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

async function launch(
  { pool, databaseUrl, executorId }: EngineOptions,
  { application, version, ownQueue }: Terms,
): Promise<void> {
  DBOS.setConfig({
    name: application,
    systemDatabaseUrl: databaseUrl,
    systemDatabasePool: pool,
    executorID: executorId,
    applicationVersion: version,
    listenQueues: ownQueue === null ? [phaseQueue, deployQueue] : [ownQueue],
    enablePatching: true,
    logger: silent,
  })
  await DBOS.launch()
  const database = DBOSExecutor.globalInstance?.systemDatabase
  // A cancelled step is told within a quarter of a second, not within one.
  if (database) database.dbPollingIntervalCancelMs = 250
  await registerQueues(ownQueue)
}

async function registerQueues(ownQueue: string | null): Promise<void> {
  const always = { minPollingIntervalMs: 50, onConflict: 'always_update' } as const
  if (ownQueue !== null) {
    await DBOS.registerQueue(ownQueue, always)
    return
  }
  const inTurn = { ...always, partitionConcurrency: 1 }
  await DBOS.registerQueue(phaseQueue, { ...inTurn, globalConcurrency: 4 })
  // Deploys are few, and nobody sees a fifth of a second.
  await DBOS.registerQueue(deployQueue, { ...inTurn, minPollingIntervalMs: 200 })
}

/** What matters of the engine's doings is in our own records; its log would spoil the progress tree. */
const silent = { info: ignore, debug: ignore, warn: ignore, error: ignore }

function ignore(): void {
  // Nothing to tell.
}
