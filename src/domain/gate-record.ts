import { z } from 'zod'

import { autoSeen } from './auto-approval.ts'
import type { Decision, GateRules } from './gate.ts'
import type { Restraint } from './restraint.ts'

/** What is on record of the gate that a deploy stood before, as it was when its run asked; what came later is not in it. */
export interface GateRecord {
  readonly environment: string
  readonly sha: string
  readonly asked: Date
  /** Whose approval was used up; null where it was not used, or nobody wrote that down. */
  readonly used: ApprovalUsed | null
  readonly decisions: readonly Decision[]
  /** The rules whose digest was written down, as text and read; null where there is none. */
  readonly plan: { readonly text: string; readonly rules: GateRules } | null
  /** What was in force, that of all repositories of any installation among it. */
  readonly inForce: readonly Restraint[]
  /** When people froze deploys last. */
  readonly frozenAt: Date | null
}

/** The fact that an approval was used, as the audit log holds it. Older entries have less. */
export const approvalUsed = z.object({
  by: z.array(z.string()),
  planDigest: z.string().nullable().default(null),
  /** What the rule for small changes saw; null where no rule approved, or nobody wrote it down. */
  auto: autoSeen.nullable().default(null),
})
export type ApprovalUsed = z.infer<typeof approvalUsed>
