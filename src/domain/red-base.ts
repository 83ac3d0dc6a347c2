import { z } from 'zod'

/** What is red on a pull request because its base is: repaired there, once. */
export const redBase = z.strictObject({
  branch: z.string(),
  sha: z.string(),
  /** `green-again`: it was red where the pull request left it, and is repaired since. */
  kind: z.enum(['red', 'green-again']),
  /** The run that looks after the base, and what is proposed for it. */
  runId: z.string().nullable(),
  proposals: z.array(z.number().int()),
})
export type RedBase = z.infer<typeof redBase>
