import { z } from 'zod'

/** Everything that can start or wake a run. Webhooks and the command line translate into these and nothing else. */
export const event = z.discriminatedUnion('kind', [
  /** Somebody asked on the command line for a repository to be repaired. */
  z.strictObject({
    kind: z.literal('fix-requested'),
    repository: z.string(),
    ref: z.string().nullable(),
    base: z.string().nullable(),
    checks: z.array(z.string()),
  }),
])
export type Event = z.infer<typeof event>
