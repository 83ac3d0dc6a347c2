import { appendFileSync } from 'node:fs'

import { z } from 'zod'

import { workflow } from '#domain/workflow.ts'

import { chain, engineWorld, event, fileKinds, kind } from './engine-world.ts'

// A process of its own that takes one run to its end, unless it kills itself on the way.
const orders = z
  .object({
    directory: z.string(),
    file: z.string(),
    run: z.string(),
    phases: z.record(z.string(), z.array(z.string())),
    executorId: z.string(),
    /** The line, or the ended phase or step, after which it dies as by kill -9. */
    killAfter: z.string().nullable(),
    role: z.enum(['service', 'command']).default('service'),
    /** Only serves: starts nothing, and stays until it is killed. */
    serve: z.boolean().default(false),
    /** The run is followed by another, of which it is the first round. */
    rounds: z.boolean().default(false),
    /** How long the kind `day` waits, as a model does whose budget of the day is spent. */
    dayMs: z.number().default(0),
  })
  .parse(JSON.parse(process.argv[2] ?? ''))

function dieAt(point: string): void {
  if (point === orders.killAfter) process.kill(process.pid, 'SIGKILL')
}

/** Leaves a line for each run; the first hands on the event of the second. */
const round = kind('round', async (_input, { runId }) => {
  appendFileSync(orders.file, `${runId}\n`)
  dieAt(runId)
  return { kind: 'done', outputs: { next: runId.endsWith('.2') ? null : event } }
})
/** Waits for the next day once, and leaves a line with the time when it asked and when it was woken. */
const day = kind('day', async (_input, { message }) => {
  appendFileSync(orders.file, `${message === null ? 'woken' : 'asked'} ${Date.now()}\n`)
  return message === null
    ? { kind: 'done', outputs: {} }
    : { kind: 'wait', topic: 'news', timeoutMs: orders.dayMs, resumes: true }
})

const rounds = workflow.parse({
  ...chain('chain', {}),
  jobs: {
    only: {
      steps: [{ id: 'round', uses: 'round' }],
      outputs: { next: '${{ steps.round.outputs.next }}' },
    },
  },
  again: '${{ needs.only.outputs.next }}',
})

const world = await engineWorld({
  directory: orders.directory,
  executorId: orders.executorId,
  role: orders.role,
  beatMs: 200,
  kinds: { ...fileKinds(orders.file, dieAt), round, day },
  workflows: { chain: orders.rounds ? rounds : chain('chain', orders.phases) },
  onProgress(progress) {
    if (progress.kind === 'step-ended') dieAt(`ended ${progress.phase}/${progress.step}`)
    if (progress.kind === 'phase-ended') dieAt(`ended ${progress.phase}`)
  },
})
process.stdout.write('up\n')
if (!orders.serve) {
  await world.engine.start(orders.run, 'chain', event)
  const { status } = await world.engine.result(orders.run)
  if (orders.rounds) await world.engine.result(`${orders.run}.2`)
  process.stdout.write(`${status}\n`)
  await world.stop()
}
