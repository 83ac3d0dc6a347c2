import { z } from 'zod'

import { finding } from './finding.ts'

/** One commit of a branch, as its first-parent history has it: what landed there, one after the other. */
const landed = z.strictObject({
  sha: z.string(),
  /** The files it has, as git names them: equal for equal files. Not known of older records. */
  tree: z.string().default(''),
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
  'too-old',
  'protected-author',
  'proposed-before',
  'too-many-today',
  // Nothing objects to it, and still it was not proposed.
  'needed-since',
  'fixed-forward',
  'branch-changed',
  'not-proved',
  'shadow',
])
export type Keeping = z.infer<typeof keeping>

/** What a proposed revert is, once its own checks were waited for; all but the first two stay drafts. */
export const revertState = z.enum([
  'ready',
  'merged',
  'red',
  'pending',
  'for-human',
  'too-many-ready',
])
export type RevertState = z.infer<typeof revertState>

/** A proved culprit that is left alone: on record, and shown where it was asked for. */
export const keptCulprit = z.strictObject({
  sha: z.string(),
  because: keeping,
  paths: z.array(z.string()),
})
export type KeptCulprit = z.infer<typeof keptCulprit>
