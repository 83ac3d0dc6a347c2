import { z } from 'zod'

/** Our name on a commit, beside the names of the checks that failed. */
export const checkRunName = 'goalkeeper / auto-fix'

/** How a check run ends, in GitHub's words. A gate is never `neutral`: that would pass (domain.md 5.4). */
export const checkConclusion = z.enum([
  'success',
  'failure',
  'neutral',
  'cancelled',
  'skipped',
  'timed_out',
  'action_required',
])
export type CheckConclusion = z.infer<typeof checkConclusion>

/** A line of the commit and what is to be said of it. `line` counts from 1; the message is plain text, at most 64 kB. */
export interface CheckAnnotation {
  readonly path: string
  readonly line: number
  readonly level: 'notice' | 'warning' | 'failure'
  readonly title: string
  readonly message: string
}
