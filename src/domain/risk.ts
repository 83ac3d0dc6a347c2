import { z } from 'zod'

/** S2-36: never goes out without a human. */
export const neverClasses = [
  'database-schema',
  'authentication',
  'environment',
  'breaking-api',
  'dependency-update',
  'security-fix',
] as const

/** S2-37: always looked at by a human; `unknown` is what nobody could classify (K30). */
const reviewClasses = [
  'payments',
  'user-data',
  'encryption',
  'rate-limiting',
  'cors',
  'unknown',
] as const

const riskClass = z.enum([...neverClasses, ...reviewClasses])
export type RiskClass = z.infer<typeof riskClass>

/** Why a change is in a class: the path itself, or a changed line (counted from 1 in the new text, or the old one where removed). */
const riskMark = z.strictObject({
  class: riskClass,
  path: z.string(),
  line: z.number().int().positive().nullable(),
  by: z.enum(['path', 'diff']),
})
export type RiskMark = z.infer<typeof riskMark>

/** `never` wins over `review`, and both over `safe`. */
export const risk = z.strictObject({
  level: z.enum(['safe', 'review', 'never']),
  marks: z.array(riskMark),
})
export type Risk = z.infer<typeof risk>
