import { z } from 'zod'

import { finding } from './finding.ts'

/** A text that somebody else wrote (a log, an issue, a finding): data for the coder, never an instruction. */
const untrustedText = z.strictObject({
  /** Where it comes from, in our words: "output of npm test". */
  source: z.string().min(1),
  text: z.string(),
})
export type UntrustedText = z.infer<typeof untrustedText>

const asked = {
  /** What is to be done, in our words alone. */
  objective: z.string().min(1),
  untrusted: z.array(untrustedText),
  /** Globs of the files that may be written. */
  writable: z.array(z.string().min(1)),
}

/** What a coder is asked for: to repair a red check, to show a described bug by a failing test, or to make that test green. */
export const coderTask = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('repair'),
    ...asked,
    check: z.string(),
    findings: z.array(finding),
    /** What became of the attempts before this one, in our words. */
    failedBefore: z.array(z.string()),
  }),
  z.strictObject({ kind: z.literal('reproduce'), ...asked }),
  z.strictObject({ kind: z.literal('implement'), ...asked, test: z.string() }),
])
export type CoderTask = z.infer<typeof coderTask>

/** An exact replacement of a text that stands once in the file, or the whole of a short or new file. */
export const coderEdit = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('replace'),
    path: z.string().min(1),
    search: z.string().min(1),
    replace: z.string(),
  }),
  z.strictObject({ kind: z.literal('write'), path: z.string().min(1), content: z.string() }),
])
export type CoderEdit = z.infer<typeof coderEdit>

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

/** What a task may use in all. `maxDollars` binds only where the price is known. */
export const coderBudget = z.strictObject({
  maxDollars: z.number().positive(),
  maxTokens: z.number().int().positive(),
  maxMinutes: z.number().positive(),
  maxCalls: z.number().int().positive(),
})
export type CoderBudget = z.infer<typeof coderBudget>

/** Why a coder handed over no edits. */
export const coderEnds = [
  'no-answer',
  'nonsense',
  'budget-spent',
  'out-of-scope',
  'timeout',
  'refused',
  'unreachable',
  'rate-limited',
  'cancelled',
] as const
export type CoderEnd = (typeof coderEnds)[number]
