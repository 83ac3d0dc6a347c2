import { z } from 'zod'

/** How many of so many requests went wrong in a window of time. */
export const counts = z.strictObject({
  errors: z.number().int().nonnegative(),
  requests: z.number().int().nonnegative(),
})
export type Counts = z.infer<typeof counts>

/** Why a deploy is bad. `asked-for`: nothing was measured, a person said so. */
export const badReason = z.enum([
  'probe-failed',
  'burst',
  'rate-risen',
  'above-ceiling',
  'asked-for',
])
export type BadReason = z.infer<typeof badReason>

/** Why nobody can say whether a deploy is good. */
export const unclearReason = z.enum(['no-data', 'too-little', 'perhaps-risen', 'too-late'])
export type UnclearReason = z.infer<typeof unclearReason>

/** What was seen of a deploy. Only `pass` says that it is good. */
const watchVerdict = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('pass') }),
  z.strictObject({ kind: z.literal('fail'), because: badReason }),
  z.strictObject({ kind: z.literal('inconclusive'), because: unclearReason }),
])
export type WatchVerdict = z.infer<typeof watchVerdict>
