import { z } from 'zod'

import { check, checkMode } from './check.ts'
import { complexReason } from './complexity.ts'
import { evidence } from './evidence.ts'
import { finding } from './finding.ts'
import { failureReason } from './outcome.ts'
import { patch } from './patch.ts'

/** A red check: what it said at the head, and which of that was already so on the base. */
export const failure = z.strictObject({
  check,
  evidence,
  /** What is to go away. */
  targets: z.array(finding),
  /** Red on the base too: noted and left alone (S2-10). */
  preExisting: z.array(finding),
  /** Red on the base and not seen on the head, whose own failures may hide it: an import that breaks hides what is behind. */
  hidden: z.array(finding).exactOptional(),
})
export type Failure = z.infer<typeof failure>

/** A red check that is not ours to fix, and why. */
export const setAside = z.strictObject({
  check: z.string(),
  reason: failureReason,
  detail: z.string(),
  evidence: evidence.nullable(),
})
export type SetAside = z.infer<typeof setAside>

/** One candidate that was tried, and what became of it. */
export const trial = z.strictObject({
  check: z.string(),
  strategy: z.string(),
  description: z.string(),
  verdict: z.string(),
})
export type Trial = z.infer<typeof trial>

/** What made one red check green: its own commit. `patch` lies on top of the repairs before it. */
export const repair = z.strictObject({
  check: z.string(),
  command: z.string(),
  strategies: z.array(z.string()),
  descriptions: z.array(z.string()),
  rootCauses: z.array(z.string()),
  risk: z.enum(['safe', 'review']),
  /** Why what a model wrote is for a human. */
  complex: z.array(complexReason).exactOptional(),
  mode: checkMode,
  patch,
  /** The commit that it takes back, where it is a revert. */
  reverts: z.string().exactOptional(),
  /** The issue that describes the bug, where no check was red for it before a test showed it. */
  describedIn: z.number().int().positive().exactOptional(),
  before: evidence,
  after: evidence,
})
export type Repair = z.infer<typeof repair>

/** One check on the fixed tree, beside what it said before; `green` was not run before. */
export const proofEntry = z.strictObject({
  check: z.string(),
  before: evidence.nullable(),
  after: evidence,
  verdict: z.enum(['fixed', 'still-green', 'green', 'pre-existing', 'flaky']),
})
export type ProofEntry = z.infer<typeof proofEntry>
