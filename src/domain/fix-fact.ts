import { z } from 'zod'

import { reached } from './budget.ts'
import { checkOrigin } from './check.ts'
import { ciComparison, ciReport, ciTrouble, whyNotOurs } from './ci.ts'
import { coderUsage } from './coder.ts'
import { culprit, keptCulprit } from './culprit.ts'
import { evidence } from './evidence.ts'
import { proofEntry, repair, setAside, trial } from './failure.ts'
import { risk } from './risk.ts'
import { severity } from './severity.ts'
import { workKind } from './work-kind.ts'

/** What a fix run found, did and measured, one record each. A report is rendered from these and from nothing else. */
export const fixFact = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('place'),
    origin: z.string(),
    /** Our mirror: where a branch is found that could not be brought to the origin. */
    mirror: z.string(),
    headSha: z.string(),
    baseSha: z.string().nullable(),
  }),
  z.strictObject({
    kind: z.literal('check'),
    name: z.string(),
    command: z.string(),
    origin: checkOrigin,
    evidence,
  }),
  /** What people should know besides: a sentence. */
  z.strictObject({ kind: z.literal('remark'), text: z.string() }),
  z.strictObject({ kind: z.literal('unreachable'), name: z.string(), because: z.string() }),
  z.strictObject({ kind: z.literal('set-aside'), setAside }),
  z.strictObject({ kind: z.literal('trial'), trial }),
  z.strictObject({ kind: z.literal('culprit'), culprit }),
  z.strictObject({ kind: z.literal('culprit-kept'), kept: keptCulprit }),
  z.strictObject({ kind: z.literal('repair'), repair }),
  z.strictObject({ kind: z.literal('proof'), entry: proofEntry }),
  z.strictObject({
    kind: z.literal('judgement'),
    severity,
    priority: z.number().int(),
    risk,
    title: z.string(),
    /** Older facts do not say. */
    work: workKind.nullable().default(null),
  }),
  z.strictObject({
    kind: z.literal('commit'),
    sha: z.string(),
    check: z.string(),
    branch: z.string(),
  }),
  /** What CI says of a check that is not green, as GitHub gave it. */
  z.strictObject({ kind: z.literal('ci-report'), report: ciReport, trouble: ciTrouble.nullable() }),
  /** How grave the red checks are, and which of them no change can turn green. */
  z.strictObject({
    kind: z.literal('triage'),
    severity,
    priority: z.number().int(),
    checks: z.array(z.strictObject({ check: z.string(), notOurs: whyNotOurs.nullable() })),
  }),
  z.strictObject({ kind: z.literal('ci-comparison'), comparison: ciComparison }),
  /** What one attempt of a coder used, and what of the budget was nearly spent when it began. */
  z.strictObject({ kind: z.literal('cost'), usage: coderUsage, near: z.array(reached) }),
  z.strictObject({ kind: z.literal('delivered'), branch: z.string() }),
  z.strictObject({ kind: z.literal('pull-request'), number: z.number().int(), url: z.string() }),
])
export type FixFact = z.infer<typeof fixFact>
