import { z } from 'zod'

/** What a fix may not do to become green. Each is judged in code over syntax and diff. */
const cheatRules = [
  'test-skipped',
  'test-deleted',
  'assertion-lost',
  'assertion-weakened',
  'assertion-constant',
  'assertion-conditional',
  'expectation-changed',
  'mock-added',
  'snapshot-edited',
  'configuration-changed',
  'script-changed',
  'dependency-source',
  'type-hole-added',
  'suppression-added',
  'non-null-added',
  'error-swallowed',
  'wait-widened',
  'exit-added',
  'stub-added',
  'code-deleted',
  'unreadable',
] as const

/** Which files a fix may touch at all. */
const scopeRules = [
  'undeclared-file',
  'protected-file',
  'lockfile-alone',
  'unsafe-path',
  'binary-file',
] as const

const refusal = z.strictObject({
  rule: z.enum([...cheatRules, ...scopeRules]),
  file: z.string(),
  line: z.number().int().positive().nullable(),
  /** One sentence. */
  what: z.string(),
})
export type Refusal = z.infer<typeof refusal>
export type CheatRule = (typeof cheatRules)[number]
