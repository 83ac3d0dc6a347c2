import { z } from 'zod'

/** Our name on a commit, beside the names of the checks that failed. */
export const checkRunName = 'goalkeeper / auto-fix'

/** How a check run ends, in GitHub's words. A gate is never `neutral`: that would pass (domain.md 5.4). */
const checkConclusion = z.enum([
  'success',
  'failure',
  'neutral',
  'cancelled',
  'skipped',
  'timed_out',
  'action_required',
])
export type CheckConclusion = z.infer<typeof checkConclusion>
