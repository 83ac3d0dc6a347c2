import { join } from 'node:path'

import type { Pool } from 'pg'

import type { Role } from '#adapters/dbos/roles.ts'
import { startEngine } from '#adapters/dbos/start-engine.ts'
import { createDependencies } from '#adapters/dependencies/dependencies.ts'
import type { GitSettings } from '#adapters/git/git.ts'
import { gitRepositories } from '#adapters/git/repositories.ts'
import { noHosting } from '#adapters/github/hosting.ts'
import { type Database, openDatabase } from '#adapters/postgres/database.ts'
import { openPool } from '#adapters/postgres/pool.ts'
import { openProgressRelay } from '#adapters/postgres/progress-relay.ts'
import { prepareMachine } from '#adapters/sandbox/machine.ts'
import { createSandbox } from '#adapters/sandbox/sandbox.ts'
import { type OwnSecrets, ownSecrets, secretsAmong } from '#adapters/secrets/own-secrets.ts'
import { randomIds, systemClock } from '#adapters/system/world.ts'
import type { Settings } from '#config/environment.ts'
import { readWorkflows } from '#config/workflows.ts'
import type { Event } from '#domain/event.ts'
import { checkWorkflow } from '#engine/check-workflow.ts'
import { interpreter } from '#engine/interpreter.ts'
import { workflowsFor } from '#engine/match.ts'
import type { Approvals, OpenGates } from '#ports/approvals.ts'
import type { Bookmarks } from '#ports/bookmarks.ts'
import type { Claims } from '#ports/claims.ts'
import type { Deployments } from '#ports/deployments.ts'
import type { Engine } from '#ports/engine.ts'
import type { Flakes } from '#ports/flakes.ts'
import type { Hosting } from '#ports/hosting.ts'
import type { Outbox } from '#ports/news.ts'
import type { Proposals } from '#ports/proposals.ts'
import type { WaitingDeploys } from '#ports/protection.ts'
import type { Repairs } from '#ports/repairs.ts'
import type { Repositories } from '#ports/repositories.ts'
import type { Restraints, Stops } from '#ports/restraints.ts'
import type { RunStore } from '#ports/run-store.ts'
import type { Sandbox } from '#ports/sandbox.ts'
import type { FinishedRuns, Tallies } from '#ports/telemetry.ts'
import type { WaitingPulls } from '#ports/waiting-pulls.ts'
import type { Listener } from '#ports/world.ts'
import { stepKinds } from '#steps/index.ts'
import type { StepPorts } from '#steps/step-ports.ts'

import { autoRuleOf } from './app-auto-approval.ts'
import { stopsOf } from './app-brakes.ts'
import { openCoding } from './app-coder.ts'
import { deployPorts } from './app-deploy.ts'
import { fixerToolbox, fixPorts } from './app-fix.ts'
import type { AutoRule } from './app-gate.ts'
import { discreet } from './app-narrator.ts'
import { openRecords } from './app-records.ts'
import { keepSwept } from './app-sweep.ts'

/** The running product: what a door (the command line, later webhooks) speaks to. */
export interface App {
  readonly engine: Engine
  readonly store: RunStore
  readonly claims: Claims
  readonly repairs: Repairs
  readonly waitingPulls: WaitingPulls
  readonly proposals: Proposals
  readonly flakes: Flakes
  readonly approvals: Approvals
  readonly openGates: OpenGates
  readonly restraints: Restraints
  readonly stops: Stops
  /** What is approved without a person. */
  readonly rule: AutoRule
  readonly waits: WaitingDeploys
  readonly deployments: Deployments
  readonly outbox: Outbox
  readonly finishedRuns: FinishedRuns
  readonly tallies: Tallies
  readonly bookmarks: Bookmarks
  readonly repositories: Repositories
  readonly sandbox: Sandbox
  /** The names of the workflows that this event starts. */
  readonly startedBy: (event: Event) => readonly string[]
  /** Leaves the database and the engine in order; runs of this process are kept for `--resume`. */
  stop(): Promise<void>
}

interface Opening {
  readonly settings: Settings
  /** process.env, of which git gets the harmless part. */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly listener: Listener
  /** Where repositories are hosted and who we are there; left out, this is the command line. */
  readonly host?: Host
  /** Those of the settings, and what is added to them. */
  readonly secrets?: OwnSecrets
}

/** What a service has and a command line does without. */
export interface Host {
  readonly hosting: Hosting
  /** Where repositories are cloned from. */
  readonly webUrl: string
  readonly credentials: NonNullable<GitSettings['credentials']>
}

const workflowFolder = join(import.meta.dirname, '../workflows')
const connections = 10

/** Wires everything: settings → adapters → steps → engine. The only place that sees all rooms. */
export async function openApp(opening: Opening): Promise<App> {
  const { settings, env, host } = opening
  const { home, databaseUrl, shadow, repositoryBytes: most } = settings
  const secrets = opening.secrets ?? ownSecrets(secretsAmong(settings))
  const listener = discreet(opening.listener, secrets)
  const machine = prepareMachine({ home, extras: fixerToolbox })
  const sandbox = createSandbox(machine)
  const own = { home, most, env, secrets }
  const repositories = gitRepositories({ ...own, ...(host && credentialsOf(host)) })
  const dependencies = createDependencies(machine, sandbox)
  const database = await openDatabase({ databaseUrl, directory: home })
  const pool = openPool(database.url, connections)
  const leave = (): Promise<void> => pool.end().then(() => database.stop())
  try {
    const records = await openRecords(pool, secrets)
    const { hosting, webUrl } = host ?? { hosting: noHosting(), webUrl: '' }
    const stops = stopsOf({ ...records, hosting, enabled: settings.agentEnabled })
    const seen = { reader: repositories, hosting, webUrl, clock: systemClock }
    const rule = autoRuleOf({ ...seen, deployments: records.deployments })
    const deploys = deployPorts({ ...records, hosting, stops, rule }, settings)
    const coding = await openCoding(pool, settings, secrets)
    const made = { home, sandbox, repositories, dependencies, deploys, ...coding }
    const ports = fixPorts({ ...made, records, secrets, hosting, shadow })
    const role: Role = host === undefined ? 'command' : 'service'
    const { store } = records
    const engine = { settings, role, database, pool, store, listener, ports, secrets }
    const running = await startRunning(engine)
    const sweeping = await keepSwept(home, records)
    // What was foreseen goes last: a step that still runs would miss it and call that a failure.
    const forget = (): void => ports.fixers.forEach((fixer) => fixer.forget?.(null))
    const stop = (): Promise<void> => {
      sweeping.stop()
      return running.stop().finally(forget).finally(leave)
    }
    return { ...running.answers, ...records, stops, rule, repositories, sandbox, stop }
  } catch (error) {
    await leave()
    throw error
  }
}

function credentialsOf({ credentials }: Host): Pick<Host, 'credentials'> {
  return { credentials }
}

interface Running {
  readonly settings: Settings
  readonly role: Role
  readonly database: Database
  readonly pool: Pool
  readonly store: RunStore
  readonly listener: Listener
  readonly ports: Omit<StepPorts, 'engine'>
  readonly secrets: OwnSecrets
}

/** The engine over the workflows, with the progress of phases that another process took from the queue. */
async function startRunning(parts: Running) {
  const { settings, role, database, pool, store, listener, ports, secrets } = parts
  // A step may have word for another run as soon as the first run goes on.
  const { promise: begun, resolve } = Promise.withResolvers<Engine>()
  const signal: Engine['signal'] = async (...word) => (await begun).signal(...word)
  const kinds = stepKinds({ ...ports, engine: { signal } })
  const workflows = readWorkflows(workflowFolder, (one) => checkWorkflow(one, kinds))
  const relay = await openProgressRelay({ pool, url: database.url }, listener)
  const engine = await startEngine({
    pool,
    databaseUrl: database.url,
    // Each command is a process of its own among others, whatever the service of this machine is called.
    executorId: `${settings.executorId ?? role}-${process.pid}-${randomIds.eightHex()}`,
    programs: interpreter({ kinds, store, listener: relay, clock: systemClock, workflows }),
    workflows: Object.fromEntries(workflows.map((one) => [one.name, one])),
    store,
    secrets,
    clock: systemClock,
    role,
    revive: () => database.revive(),
    relay,
  }).catch(async (error: unknown) => {
    await relay.stop()
    throw error
  })
  resolve(engine)
  const stop = (): Promise<void> => engine.stop().finally(() => relay.stop())
  const startedBy = (event: Event): readonly string[] =>
    workflowsFor(event, workflows).map(({ name }) => name)
  return { answers: { engine, startedBy }, stop }
}
