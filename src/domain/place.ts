import { z } from 'zod'

/** Where a run works: one commit of one repository, mirrored on this machine. */
export const place = z.strictObject({
  mirror: z.strictObject({
    directory: z.string(),
    origin: z.string(),
    defaultBranch: z.string().nullable(),
  }),
  headSha: z.string(),
  /** The best common ancestor with the default branch, or null when the head is on it. */
  baseSha: z.string().nullable(),
  /** The head's first parent, or null for a first commit. */
  parentSha: z.string().nullable(),
})
export type Place = z.infer<typeof place>
