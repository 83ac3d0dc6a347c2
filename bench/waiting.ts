import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'

import { startEngine } from '#adapters/dbos/start-engine.ts'
import { openDatabase } from '#adapters/postgres/database.ts'
import { openRunStore } from '#adapters/postgres/open-store.ts'
import { openPool } from '#adapters/postgres/pool.ts'
import type { Event } from '#domain/event.ts'
import { workflow } from '#domain/workflow.ts'
import { interpreter } from '#engine/interpreter.ts'
import type { StepKinds } from '#ports/step.ts'

// What a thousand runs cost that wait for the checks of their pull request: memory, and the processor while nothing happens.
const count = Number(process.env['RUNS'] ?? 1000)
const goalMb = 100
/** What the process needs once, whatever waits, is there after so many. */
const first = Math.ceil(count / 5)

const waiting = new Set<string>()
const kinds: StepKinds = {
  wait: {
    name: 'wait',
    input: workflow.shape.jobs.valueType.shape.steps.element.shape.with,
    outputs: [],
    sideEffect: 'none',
    async run(_input, { runId }) {
      waiting.add(runId)
      return { kind: 'wait', topic: 'news', timeoutMs: 3_600_000 }
    },
  },
}
const watching = workflow.parse({
  name: 'watching',
  on: ['fix-requested'],
  goal: { objective: 'measure', criteria: [{ text: 'it ended', met: '${{ true }}' }] },
  jobs: { watch: { steps: [{ id: 'checks', uses: 'wait' }] } },
})

function eventOf(number: number): Event {
  return {
    kind: 'fix-requested',
    repository: `bench/${number}`,
    ref: null,
    base: null,
    checks: [],
    taskId: `bench-${number}`,
    publish: false,
  }
}

/** In megabytes, when what can be forgotten is forgotten: all of the process, and of that what is alive. */
async function memoryMb(): Promise<{ readonly resident: number; readonly alive: number }> {
  await sleep(3000)
  // Once is not enough for V8 to give pages back.
  for (let times = 0; times < 3; times += 1) {
    globalThis.gc?.()
    await sleep(500)
  }
  const { rss, heapUsed, external } = process.memoryUsage()
  return { resident: rss / 1_000_000, alive: (heapUsed + external) / 1_000_000 }
}

const directory = mkdtempSync(join(tmpdir(), 'goalkeeper-waiting-'))
const database = await openDatabase({ databaseUrl: process.env['DATABASE_URL'] ?? null, directory })
const pool = openPool(database.url, 10)
const store = await openRunStore(pool)
const clock = { now: () => new Date() }
const listener = { tell: () => undefined }
const engine = await startEngine({
  pool,
  databaseUrl: database.url,
  executorId: 'bench',
  programs: interpreter({ kinds, store, listener, clock, workflows: [] }),
  workflows: { watching },
  store,
  clock,
})

/** Starts so many more and sees them all wait. */
async function startMore(from: number, more: number): Promise<void> {
  for (let number = from; number < from + more; number += 1)
    await engine.start(`run-${number}`, 'watching', eventOf(number))
  while (waiting.size < from + more) await sleep(200)
}

try {
  await startMore(0, first)
  const before = await memoryMb()
  const begun = performance.now()
  await startMore(first, count)
  const took = (performance.now() - begun) / 1000
  const after = await memoryMb()
  const [grown, alive] = [after.resident - before.resident, after.alive - before.alive]
  const cpu = process.cpuUsage()
  await sleep(10_000)
  const { user, system } = process.cpuUsage(cpu)
  process.stdout.write(
    [
      `${count} runs more than ${first} wait after ${took.toFixed(0)} s`,
      `          +${grown.toFixed(0)} MB (goal +${goalMb} MB: ${grown <= goalMb ? 'held' : 'missed'}), +${alive.toFixed(0)} MB of it alive`,
      `          ${((user + system) / 100_000).toFixed(0)}% of a processor while they wait`,
      '',
    ].join('\n'),
  )
} finally {
  await engine.stop()
  await pool.end()
  await database.stop()
  rmSync(directory, { recursive: true, force: true })
}
