import { z } from 'zod'

import { finding } from './finding.ts'

/** How a command ended: an exit code of its own, or stopped by a limit of the sandbox. */
export const commandEnd = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('exited'), exitCode: z.number().int() }),
  z.strictObject({
    kind: z.literal('stopped'),
    by: z.enum(['time', 'memory', 'output', 'signal']),
  }),
])
export type CommandEnd = z.infer<typeof commandEnd>

/** One measured run of a command: the only thing a report, a commit's `Testing:` or a verdict may rest on. */
export const evidence = z.strictObject({
  command: z.string(),
  end: commandEnd,
  durationMs: z.number().nonnegative(),
  /** The last lines of what it printed, redacted. */
  outputTail: z.string(),
  findings: z.array(finding),
})
export type Evidence = z.infer<typeof evidence>

export function isGreen(of: Evidence): boolean {
  return of.end.kind === 'exited' && of.end.exitCode === 0
}
