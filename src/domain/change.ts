import { z } from 'zod'

/** One file as it was and as it is to be; null where it does not exist. Paths as in a patch. */
const changedFile = z.strictObject({
  path: z.string().min(1),
  before: z.string().nullable(),
  after: z.string().nullable(),
})
export type ChangedFile = z.infer<typeof changedFile>

/** All files that a fix touches, with both their texts: what the judgements about a fix look at. */
export type Change = readonly ChangedFile[]
