import { join } from 'node:path'

import { startEngine } from '#adapters/dbos/start-engine.ts'
import { createDependencies } from '#adapters/dependencies/dependencies.ts'
import { gitRepositories } from '#adapters/git/repositories.ts'
import { sweep } from '#adapters/git/work.ts'
import { openDatabase } from '#adapters/postgres/database.ts'
import { openRunStore } from '#adapters/postgres/open-store.ts'
import { openPool } from '#adapters/postgres/pool.ts'
import { prepareMachine } from '#adapters/sandbox/machine.ts'
import { createSandbox } from '#adapters/sandbox/sandbox.ts'
import { randomIds, systemClock } from '#adapters/system/world.ts'
import type { Settings } from '#config/environment.ts'
import { readWorkflows } from '#config/workflows.ts'
import { checkWorkflow } from '#engine/check-workflow.ts'
import { interpreter } from '#engine/interpreter.ts'
import type { Engine } from '#ports/engine.ts'
import type { Repositories } from '#ports/repositories.ts'
import type { RunStore } from '#ports/run-store.ts'
import type { Sandbox } from '#ports/sandbox.ts'
import type { Listener } from '#ports/world.ts'
import { stepKinds } from '#steps/index.ts'

import { fixerToolbox, fixPorts } from './app-fix.ts'

/** The running product: what a door (the command line, later webhooks) speaks to. */
export interface App {
  readonly engine: Engine
  readonly store: RunStore
  readonly repositories: Repositories
  readonly sandbox: Sandbox
  /** Leaves the database and the engine in order; runs of this process are kept for `--resume`. */
  stop(): Promise<void>
}

interface Opening {
  readonly settings: Settings
  /** process.env, of which git gets the harmless part. */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly listener: Listener
}

const workflowFolder = join(import.meta.dirname, '../workflows')
const connections = 10

/** Wires everything: settings → adapters → steps → engine. The only place that sees all rooms. */
export async function openApp({ settings, env, listener }: Opening): Promise<App> {
  const { home } = settings
  const machine = prepareMachine({ home, extras: fixerToolbox })
  const sandbox = createSandbox(machine)
  const repositories = gitRepositories({ home, env })
  const dependencies = createDependencies(machine, sandbox)
  const database = await openDatabase({ databaseUrl: settings.databaseUrl, directory: home })
  const pool = openPool(database.url, connections)
  const store = await openRunStore(pool)
  const secrets = settings.databaseUrl === null ? [] : [settings.databaseUrl]
  const kinds = stepKinds(fixPorts({ home, sandbox, repositories, dependencies, store, secrets }))
  const programs = interpreter({ kinds, store, listener, clock: systemClock })
  const workflows = readWorkflows(workflowFolder, (one) => checkWorkflow(one, kinds))
  const engine = await startEngine({
    pool,
    databaseUrl: database.url,
    executorId: settings.executorId ?? `cli-${process.pid}-${randomIds.eightHex()}`,
    programs,
    workflows: Object.fromEntries(workflows.map((one) => [one.name, one])),
    store,
    clock: systemClock,
    deadRuns: 'park',
    revive: () => database.revive(),
  })
  const unfinished = await store.runs({ unfinished: true })
  await sweep(home, new Set(unfinished.map(({ id }) => id)), systemClock.now())
  return {
    engine,
    store,
    repositories,
    sandbox,
    async stop() {
      await engine.stop()
      await pool.end()
      await database.stop()
    },
  }
}
