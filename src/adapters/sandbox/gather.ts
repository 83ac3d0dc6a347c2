import type { ChildProcess } from 'node:child_process'
import { Readable } from 'node:stream'

import { descriptors } from './bubblewrap.ts'
import type { Limits } from './limits.ts'

export interface Gathered {
  readonly stdout: () => string
  readonly stderr: () => string
  readonly control: () => string
  readonly status: () => string
}

/** Reads everything a child says, each channel up to its limit; whoever says more is reported once. */
export function gather(child: ChildProcess, limits: Limits, over: () => void): Gathered {
  const output = { left: limits.output, over }
  const pipes: readonly unknown[] = child.stdio
  return {
    stdout: capture(child.stdout, output),
    stderr: capture(child.stderr, output),
    control: capture(pipes[descriptors.control], { left: limits.collected, over }),
    status: capture(pipes[descriptors.status], { left: 64 * 1024, over }),
  }
}

/** Gathers a stream up to a budget that streams may share. */
function capture(
  stream: unknown,
  budget: { left: number; readonly over: () => void },
): () => string {
  const chunks: Buffer[] = []
  if (!(stream instanceof Readable)) throw new Error('The sandbox was started without a pipe.')
  stream.on('data', (chunk: Buffer) => {
    if (budget.left <= 0) return
    chunks.push(chunk.subarray(0, budget.left))
    budget.left -= chunk.length
    if (budget.left <= 0) budget.over()
  })
  return () => Buffer.concat(chunks).toString('utf8')
}
