import { z } from 'zod'

import { risk } from './risk.ts'
import { shownKinds, workKind } from './work-kind.ts'

/** What is approved without a person (K4: opt-in, small, and only where its owner says). */
export const autoApprove = z.strictObject({
  files: z.number().int().positive().max(50).default(5).describe('K4: at most so many files.'),
  lines: z.number().int().positive().max(500).default(50).describe('K4: added and removed.'),
  paths: z.array(z.string()).min(1).describe('Globs; a change of anything else needs a person.'),
  kinds: z
    .array(z.enum(shownKinds))
    .min(1)
    .nullable()
    .default(null)
    .describe('S2-38: a change of another kind of work needs a person; left out, all may go.'),
})
export type AutoApprove = z.infer<typeof autoApprove>

/** Who decided, where no person did. No login of GitHub has a space, and no account the number 0. */
export const theRule = { id: 0, login: 'the rule auto-approve' } as const

/** Why the rule approves nothing. The eleven classes of S2-36 and S2-37 are `risky`. */
export type AutoRefusal =
  | 'fork'
  | 'policy'
  | 'nothing-verified'
  | 'on-hold'
  | 'deployed-before'
  | 'too-many-files'
  | 'other-paths'
  | 'too-many-lines'
  | 'unreadable'
  | 'risky'
  | 'other-kind'
  | 'no-way-back'
  | 'checks-red'
  | 'checks-missing'

/**
 * What the rule looked at, as far as it is put on record: no texts. Where it approves, the change is no fork's and changes no
 * rule, `since` is live and verified, and all checks are green.
 */
export const autoSeen = z.object({
  /** The commit that it was held against. */
  since: z.string(),
  files: z.array(z.string()),
  /** Added and removed. */
  lines: z.number().int().nonnegative(),
  work: workKind,
  risk,
  rollback: z.enum(['safe', 'needs-human', 'unsafe']),
})
export type AutoSeen = z.infer<typeof autoSeen>

/** What the rule says about a commit. `waits`: it may say yes later by itself. */
export type AutoAnswer =
  | { readonly kind: 'approves'; readonly seen: AutoSeen }
  | { readonly kind: 'waits'; readonly because: 'checks-pending' | 'deploy-under-way' }
  | { readonly kind: 'refuses'; readonly because: AutoRefusal }
