import { z } from 'zod'

import { finding } from './finding.ts'

/** One commit of a branch, as its first-parent history has it: what landed there, one after the other. */
const landed = z.strictObject({
  sha: z.string(),
  parents: z.array(z.string()),
  subject: z.string(),
  body: z.string(),
  author: z.string(),
  /** ISO 8601, when it was committed. */
  at: z.string(),
})
export type Landed = z.infer<typeof landed>

/**
 * The commit that turned a check red, proved: red on it and green on its parent, each as often as `redRuns` and
 * `greenRuns` say, in the same environment.
 */
export const culprit = z.strictObject({
  check: z.string(),
  commit: landed,
  parent: z.string(),
  findings: z.array(finding),
  redRuns: z.number().int().positive(),
  greenRuns: z.number().int().positive(),
})
export type Culprit = z.infer<typeof culprit>

/** Why nobody is blamed. */
const acquittal = z.enum(['flaky', 'red-throughout', 'good-is-red', 'untestable', 'too-many-runs'])
export type Acquittal = z.infer<typeof acquittal>

/** Why a culprit is not reverted by us. */
const keeping = z.enum([
  'is-a-revert',
  'already-reverted',
  'opted-out',
  'conflicts',
  'not-text',
  'does-not-help',
])
export type Keeping = z.infer<typeof keeping>
