import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'

import { DBOS } from '@dbos-inc/dbos-sdk'

import { startEngine } from '#adapters/dbos/start-engine.ts'
import { openDatabase } from '#adapters/postgres/database.ts'
import { openRunStore } from '#adapters/postgres/open-store.ts'
import { openPool } from '#adapters/postgres/pool.ts'
import type { Event } from '#domain/event.ts'
import type { Progress } from '#domain/progress.ts'
import { workflow } from '#domain/workflow.ts'
import { interpreter } from '#engine/interpreter.ts'
import type { Programs } from '#ports/durable.ts'
import type { StepKinds } from '#ports/step.ts'

// What one interpreted step costs (condition, inputs, record, audit, progress) against one bare step of the engine
// below it, both doing nothing, in one process on one database. Rounds alternate, so that the machine's mood hits both.
const stepsPerRound = 12
const rounds = 41
const goal = 1.25

const nothing: StepKinds = {
  nothing: {
    name: 'nothing',
    input: workflow.shape.jobs.valueType.shape.steps.element.shape.with,
    outputs: ['n'],
    sideEffect: 'none',
    run: () => Promise.resolve({ kind: 'done', outputs: { n: 1 } }),
  },
}

const steps = Array.from({ length: stepsPerRound }, (_step, index) => ({
  id: `s${index}`,
  uses: 'nothing',
  with: index === 0 ? {} : { before: `\${{ steps.s${index - 1}.outputs.n }}` },
}))
const many = workflow.parse({
  name: 'many',
  on: ['fix-requested'],
  goal: {
    objective: 'measure',
    criteria: [{ text: 'all ran', met: "${{ needs.all.result == 'success' }}" }],
  },
  jobs: { all: { steps } },
})
const event: Event = {
  kind: 'fix-requested',
  repository: 'bench/bench',
  ref: null,
  base: null,
  checks: [],
  taskId: 'bench',
  publish: false,
}

const bare = DBOS.registerWorkflow(
  async (): Promise<number> => {
    const start = performance.now()
    for (const { id } of steps) {
      await DBOS.runStep(() => Promise.resolve({ end: { kind: 'done', outputs: { n: 1 } } }), {
        name: id,
      })
    }
    return performance.now() - start
  },
  { name: 'bare' },
)

function median(of: readonly number[]): number {
  return of.toSorted((a, b) => a - b)[Math.floor(of.length / 2)] ?? NaN
}

const directory = mkdtempSync(join(tmpdir(), 'goalkeeper-bench-'))
const database = await openDatabase({ databaseUrl: process.env['DATABASE_URL'] ?? null, directory })
const pool = openPool(database.url, 10)
const store = await openRunStore(pool)
const clock = { now: () => new Date() }
const told: Progress[] = []
const listener = { tell: (_run: string, progress: Progress) => void told.push(progress) }
const { run, phase } = interpreter({ kinds: nothing, store, listener, clock, workflows: [] })
let phaseMs = 0
const programs: Programs = {
  run,
  // All of the phase is ours to answer for, also the records it hands to the store at its end.
  async phase(durable, input) {
    const start = performance.now()
    const result = await phase(durable, input)
    phaseMs = performance.now() - start
    return result
  },
}
const engine = await startEngine({
  pool,
  databaseUrl: database.url,
  executorId: 'bench',
  programs,
  workflows: { many },
  store,
  clock,
})

async function bareRound(): Promise<number> {
  return (await DBOS.startWorkflow(bare)()).getResult()
}

async function interpretedRound(id: string): Promise<number> {
  await engine.start(id, 'many', event)
  await engine.result(id)
  return phaseMs
}

try {
  await bareRound()
  await interpretedRound('warm-up')
  const pairs: { bare: number; ours: number }[] = []
  for (let round = 0; round < rounds; round += 1) {
    pairs.push({ bare: await bareRound(), ours: await interpretedRound(`round-${round}`) })
  }
  const perStep = (ms: number) => `${(ms / stepsPerRound).toFixed(2)} ms`
  const ratio = median(pairs.map((pair) => pair.ours / pair.bare))
  process.stdout.write(
    [
      `bare step         ${perStep(median(pairs.map((pair) => pair.bare)))}`,
      `interpreted step  ${perStep(median(pairs.map((pair) => pair.ours)))}`,
      `median ratio      ${ratio.toFixed(2)}x of ${rounds} pairs (goal ${goal}x: ${ratio <= goal ? 'held' : 'missed'})`,
      '',
    ].join('\n'),
  )
} finally {
  await engine.stop()
  await pool.end()
  await database.stop()
  rmSync(directory, { recursive: true, force: true })
}
