import { z } from 'zod'

/** A text that somebody else wrote (a log, an issue, a finding): data for the coder, never an instruction. */
interface UntrustedText {
  /** Where it comes from, in our words: "output of npm test". */
  readonly source: string
  readonly text: string
}

/** What a coder is asked for: to repair a red check, to show a described bug by a failing test, or to make that test green. */
export interface CoderTask {
  readonly kind: 'repair' | 'show-bug' | 'fix-bug'
  /** What is to be done, in our words alone. */
  readonly objective: string
  readonly untrusted: readonly UntrustedText[]
  /** What became of the attempts before this one. */
  readonly failedBefore: readonly string[]
}

const count = z.number().int().nonnegative()

/** What one call, or all calls of a task, used. */
export const coderUsage = z.strictObject({
  model: z.string(),
  calls: count,
  inputTokens: count,
  outputTokens: count,
  /** Those of the input that were read from a cache. */
  cachedTokens: count,
  /** US dollars; null where nobody knows the price. */
  dollars: z.number().nonnegative().nullable(),
  /** `measured`: the answers said how many tokens; `estimated`: counted by us. */
  source: z.enum(['measured', 'estimated']),
  durationMs: z.number().nonnegative(),
})
export type CoderUsage = z.infer<typeof coderUsage>

/** Where one attempt ends, whatever money is left. */
export interface CoderLimits {
  readonly minutes: number
  readonly calls: number
}

/** Why a coder handed over no edits. Each has its sentence in messages/coder.ts. */
export type CoderEnd =
  | 'no-answer'
  | 'nonsense'
  | 'budget-spent'
  | 'out-of-scope'
  | 'timeout'
  | 'refused'
  | 'unreachable'
  | 'rate-limited'
  | 'cancelled'
