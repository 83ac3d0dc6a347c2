import { z } from 'zod'

/** A repository where an installation of the App may work. */
const hostedRepository = z.strictObject({
  installation: z.number().int().positive(),
  id: z.number().int().positive(),
  owner: z.string(),
  name: z.string(),
})
export type HostedRepository = z.infer<typeof hostedRepository>

/** Who asked in words or by a label, and where. */
const asked = z.strictObject({
  issue: z.number().int().positive(),
  comment: z.number().int().positive().nullable(),
})
export type Asked = z.infer<typeof asked>

/** Where a repair is wanted: a branch that is red, at the commit that was judged. */
export const hosted = z.strictObject({
  repository: hostedRepository,
  /** The branch that is red; a fix is proposed against it. */
  branch: z.string(),
  headSha: z.string(),
  /** The open pull request of that branch, if there is one. */
  pullRequest: z.number().int().positive().nullable(),
  /** The branch stands in somebody else's copy of the repository: nothing is pushed there. */
  isFork: z.boolean(),
  /** The names of the check runs that failed, as the host shows them. */
  failed: z.array(z.string()),
  asked: asked.nullable(),
})
export type Hosted = z.infer<typeof hosted>
