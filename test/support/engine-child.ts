import { z } from 'zod'

import { chain, engineWorld, event, fileKinds } from './engine-world.ts'

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
  })
  .parse(JSON.parse(process.argv[2] ?? ''))

function dieAt(point: string): void {
  if (point === orders.killAfter) process.kill(process.pid, 'SIGKILL')
}

const world = await engineWorld({
  directory: orders.directory,
  executorId: orders.executorId,
  role: orders.role,
  beatMs: 200,
  kinds: fileKinds(orders.file, dieAt),
  workflows: { chain: chain('chain', orders.phases) },
  onProgress(progress) {
    if (progress.kind === 'step-ended') dieAt(`ended ${progress.phase}/${progress.step}`)
    if (progress.kind === 'phase-ended') dieAt(`ended ${progress.phase}`)
  },
})
process.stdout.write('up\n')
if (!orders.serve) {
  await world.engine.start(orders.run, 'chain', event)
  const { status } = await world.engine.result(orders.run)
  process.stdout.write(`${status}\n`)
  await world.stop()
}
