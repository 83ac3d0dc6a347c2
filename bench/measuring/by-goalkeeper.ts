import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'

import { readEnvironment } from '#config/environment.ts'
import type { Event } from '#domain/event.ts'
import type { Progress } from '#domain/progress.ts'
import { runIdAt } from '#domain/run.ts'

import { type App, openApp } from '../../src/app.ts'
import { run } from '../proving/shell.ts'
import type { Failure } from './broken-repository.ts'

interface ByGoalkeeper {
  /** From the event to the proved commit in the repository. */
  readonly totalMs: number
  /** From the event to the moment when the check is known to be red. */
  readonly firstResultMs: number
  /** What each step took, by its id. */
  readonly stepsMs: Readonly<Record<string, number>>
}

/** An open app, as a server has it. */
export interface Running {
  fix(origin: string, failure: Failure): Promise<ByGoalkeeper>
  stop(): Promise<void>
}

export async function openGoalkeeper(home: string): Promise<Running> {
  const told: { readonly at: number; readonly progress: Progress }[] = []
  const environment = { ...process.env, GOALKEEPER_HOME: home, CI: 'true' }
  const machine = { uid: process.getuid?.() ?? null, userHome: home }
  const app = await openApp({
    settings: readEnvironment(environment, machine),
    env: process.env,
    listener: { tell: (_run, progress) => void told.push({ at: performance.now(), progress }) },
  })
  await app.sandbox.prove()
  return {
    async fix(origin, failure) {
      const started = performance.now()
      told.length = 0
      const id = await askFor(app, origin, failure)
      const totalMs = performance.now() - started
      await app.repositories.release(id)
      // A red check is noted as soon as it is red.
      const red = told.find(
        ({ progress }) => progress.kind === 'note' && progress.step === 'reproduce',
      )
      const firstResultMs = (red?.at ?? NaN) - started
      return { totalMs, firstResultMs, stepsMs: stepsIn(told.map(({ progress }) => progress)) }
    },
    stop: () => app.stop(),
  }
}

function stepsIn(told: readonly Progress[]): Record<string, number> {
  return Object.fromEntries(
    told.flatMap((one) => (one.kind === 'step-ended' ? [[one.step, one.durationMs]] : [])),
  )
}

async function askFor(app: App, origin: string, { command, name }: Failure): Promise<string> {
  const id = runIdAt(new Date(), randomUUID().slice(0, 8))
  const event: Event = {
    kind: 'fix-requested',
    repository: origin,
    ref: null,
    base: null,
    checks: [command],
    taskId: randomUUID(),
    publish: true,
  }
  await app.engine.start(id, 'auto-fix', event)
  await app.engine.result(id)
  const ended = await app.store.run(id)
  if (ended?.outcome !== 'success') throw new Error(`${name}: ${ended?.outcome} ${ended?.reason}`)
  return id
}

const cli = join(import.meta.dirname, '../../scripts/goalkeeper.mjs')

/** The command line from its start to its end, its database included. Answers milliseconds. */
export async function fixByProcess(
  origin: string,
  { home, failure }: { home: string; failure: Failure },
): Promise<number> {
  const words = ['node', cli, 'fix', origin, '--check', failure.command] as const
  const { ok, output, seconds } = await run(words, origin, { GOALKEEPER_HOME: home })
  if (!ok) throw new Error(`${failure.name}: ${output}`)
  return seconds * 1000
}
