import { z } from 'zod'

/** A repository where an installation of the App may work. */
export const hostedRepository = z.strictObject({
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

/** What earlier runs of the same task proposed, whose own checks are red: it is repaired further on the same branch. */
const round = z.strictObject({
  /** The first run has no round; the run after it is the second. */
  number: z.number().int().min(2),
  /** The runs before, in order; the check run and the comment of the first one go on being edited. */
  before: z.array(z.string()).min(1),
  proposal: z.strictObject({
    number: z.number().int().positive(),
    url: z.string(),
    branch: z.string(),
    title: z.string(),
    /** The shape of the failure that it was opened for. */
    failure: z.string(),
  }),
  /** What the red branch is compared with, as in the first round. */
  baseSha: z.string().nullable(),
  /** The names of the checks that are red on the proposal. */
  failed: z.array(z.string()),
  needsHuman: z.boolean(),
  /** It is for a bug that an issue describes; no check of the branch is red for it. */
  isBug: z.boolean().default(false),
})
export type Round = z.infer<typeof round>

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
  round: round.nullable().default(null),
})
export type Hosted = z.infer<typeof hosted>
