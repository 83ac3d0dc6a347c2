import { appendFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

import { z } from 'zod'

import { startEngine } from '#adapters/dbos/start-engine.ts'
import { openDatabase } from '#adapters/postgres/database.ts'
import { openRunStore } from '#adapters/postgres/open-store.ts'
import { openPool } from '#adapters/postgres/pool.ts'
import { openProgressRelay } from '#adapters/postgres/progress-relay.ts'
import type { OwnSecrets } from '#adapters/secrets/own-secrets.ts'
import type { Event } from '#domain/event.ts'
import type { Outcome } from '#domain/outcome.ts'
import type { Progress } from '#domain/progress.ts'
import { type Workflow, workflow } from '#domain/workflow.ts'
import { interpreter } from '#engine/interpreter.ts'
import type { StepContext, StepKind, StepKinds } from '#ports/step.ts'

export const event: Event = {
  kind: 'fix-requested',
  repository: 'acme/shop',
  ref: null,
  base: null,
  checks: [],
  taskId: 'task-1',
  publish: true,
}

/** A step kind in one line. */
export function kind(
  name: string,
  run: (input: Record<string, unknown>, context: StepContext) => Promise<Outcome>,
): StepKind {
  const parsed = z.record(z.string(), z.unknown())
  const input: z.ZodType = parsed
  return {
    name,
    input,
    outputs: [],
    sideEffect: 'none',
    run: (input, context) => run(parsed.parse(input), context),
  }
}

/** Steps that leave a line in a file: what really happened, told apart from what the record says. */
export function fileKinds(file: string, afterLine: (text: string) => void = () => {}): StepKinds {
  const line = (text: string) => {
    appendFileSync(file, `${text}\n`)
    afterLine(text)
  }
  const all = [
    kind('append', async (_input, { phase, step }) => {
      line(`+ ${phase}/${step}`)
      await sleep(30)
      line(`- ${phase}/${step}`)
      return { kind: 'done', outputs: { said: `${phase}/${step}`, facts: 'one line' } }
    }),
    kind('linger', async (_input, { phase, step, signal }) => {
      line(`+ ${phase}/${step}`)
      await sleep(60_000, null, { signal }).catch((error: unknown) => {
        line(`! ${phase}/${step}`)
        throw error
      })
      return { kind: 'done', outputs: {} }
    }),
    kind('shrug', async (_input, { phase, step, signal }) => {
      line(`+ ${phase}/${step}`)
      await sleep(60_000, null, { signal }).catch(() => undefined)
      return { kind: 'failed', reason: 'no-fix-found', detail: 'its tools were stopped' }
    }),
    kind('refuse', () =>
      Promise.resolve({ kind: 'failed', reason: 'no-fix-found', detail: 'nothing to be done' }),
    ),
    kind('ask', (_input, { message }) =>
      Promise.resolve(
        message === undefined
          ? { kind: 'wait', topic: 'answer', timeoutMs: 60_000 }
          : { kind: 'done', outputs: { answer: message } },
      ),
    ),
  ]
  return Object.fromEntries(all.map((one) => [one.name, one]))
}

export interface WorldOptions {
  /** Where an embedded server lives, or null with `databaseUrl`. */
  readonly directory: string
  readonly databaseUrl?: string
  readonly kinds: StepKinds
  readonly workflows: Readonly<Record<string, Workflow>>
  readonly executorId?: string
  readonly role?: 'service' | 'command'
  readonly deadAfterMs?: number
  readonly beatMs?: number
  readonly onProgress?: (progress: Progress) => void
  readonly secrets?: OwnSecrets
}

/** The engine as main wires it, on a real database. */
export async function engineWorld(options: WorldOptions) {
  const { directory, databaseUrl = null, kinds, workflows, executorId = 'test', ...rest } = options
  const database = await openDatabase({ databaseUrl, directory })
  const pool = openPool(database.url, 10)
  const store = await openRunStore(pool, options.secrets)
  const told: Progress[] = []
  const clock = { now: () => new Date() }
  const listener = {
    tell(_runId: string, progress: Progress) {
      told.push(progress)
      options.onProgress?.(progress)
    },
  }
  const relay = await openProgressRelay({ pool, url: database.url }, listener)
  const programs = interpreter({ kinds, store, listener: relay, clock, workflows: [] })
  const basics = {
    pool,
    databaseUrl: database.url,
    executorId,
    programs,
    workflows,
    store,
    clock,
    relay,
  }
  const close = async () => {
    await relay.stop()
    await pool.end()
    await database.stop()
  }
  const engine = await startEngine({ ...basics, ...rest, revive: () => database.revive() }).catch(
    async (error: unknown) => {
      await close()
      throw error
    },
  )
  const stop = async () => {
    await engine.stop()
    await close()
  }
  return { engine, store, pool, told, stop, url: database.url }
}

/** A workflow of phases, each a list of step kinds; later phases need the one before. */
export function chain(
  name: string,
  phases: Readonly<Record<string, readonly string[]>>,
  more: object = {},
): Workflow {
  const keys = Object.keys(phases)
  const jobs = Object.entries(phases).map(([key, uses], index) => [
    key,
    {
      needs: index === 0 ? [] : [keys[index - 1]],
      steps: uses.map((use) => ({ uses: use })),
    },
  ])
  return workflow.parse({
    name,
    on: ['fix-requested'],
    goal: { objective: 'test', criteria: [{ text: 'all ran', met: '${{ true }}' }] },
    jobs: Object.fromEntries(jobs),
    ...more,
  })
}
