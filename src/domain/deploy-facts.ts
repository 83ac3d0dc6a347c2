import { z } from 'zod'

import { deployState } from './deploy.ts'
import { failureReason } from './outcome.ts'
import { badReason, counts, unclearReason } from './watch.ts'

/** The type of the entry in the audit log that holds these facts. */
export const deployEndedType = 'deploy-ended'

const time = z.iso
  .datetime()
  .transform((text) => new Date(text))
  .nullable()

/** All that is on record about a deploy, as the entry holds it; nothing else is told. What is null is not on record. */
export const deployFacts = z.object({
  environment: z.string(),
  pull: z.number(),
  title: z.string(),
  sha: z.string(),
  runId: z.string(),
  /** Older entries do not have it. */
  taskId: z.string().nullable().default(null),
  state: deployState,
  reason: failureReason.nullable(),
  reasonDetail: z.string().nullable(),
  because: z.union([badReason, unclearReason]).nullable(),
  seen: z.object({ before: counts.nullable(), after: counts.nullable(), detail: z.string() }),
  by: z.array(z.string()),
  previous: z.string().nullable(),
  /** Where it could be followed; older entries do not have it. */
  trace: z.string().nullable().default(null),
  times: z.object({ began: time, live: time, decided: time, restored: time }),
  /** What became of the pull request that takes it back. */
  revert: z.string(),
})
export type DeployFacts = z.infer<typeof deployFacts>
