import { z } from 'zod'

import { id, inRepository, sha } from './hub-words.ts'

/** What GitHub tells us about deploys beside what people write, in our own words. */

/** A job of a workflow waits before an environment for our word. `environment` is in GitHub's own letters. */
export const deployWaits = z.strictObject({
  kind: z.literal('deploy-waits'),
  ...inRepository,
  run: id,
  environment: z.string().min(1),
  sha,
})

/** A merge queue would merge a pull request as this commit. */
export const mergeQueued = z.strictObject({
  kind: z.literal('merge-queued'),
  ...inRepository,
  number: id,
  sha,
})

/** A deploy is over, or a workflow that may have been one. It wakes and never starts anything; how it ended is asked. */
export const deploymentReported = z.strictObject({
  kind: z.literal('deployment-reported'),
  ...inRepository,
  environment: z.string().nullable(), // Null: a workflow that was started by hand does not say.
  sha,
})

/** An issue that we opened for an incident was closed by somebody, or opened again. */
export const incidentChanged = z.strictObject({
  kind: z.literal('incident-changed'),
  ...inRepository,
  number: id,
  /** The deploy that it is about, as its issue says. */
  runId: z.string().regex(/^[\w.-]{1,64}$/),
  /** When the issue was changed: what is told late does not undo what came after it. */
  at: z.iso.datetime(),
  /** Null where it is open again. */
  closedAt: z.iso.datetime().nullable(),
})
