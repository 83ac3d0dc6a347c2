import { z } from 'zod'

import { deployRequest, rollbackRequest } from './deploy.ts'
import { type Hosted, hosted, type HostedRepository } from './hosted.ts'
import { selfTestPlace } from './self-test.ts'

/** What a repair has to know, whoever asked for it. */
const repair = {
  repository: z.string(),
  ref: z.string().nullable(),
  base: z.string().nullable(),
  /** Commands to take as the checks; empty asks the repository. */
  checks: z.array(z.string()),
  /** The id of the task this run works on, given at the door so that a restart keeps it. */
  taskId: z.string(),
  /** False for a dry run: everything but the branch in the user's repository. */
  publish: z.boolean(),
}

/** Everything that can start or wake a run. Webhooks and the command line translate into these and nothing else. */
export const event = z.discriminatedUnion('kind', [
  /** Somebody asked on the command line for a repository to be repaired. */
  z.strictObject({ kind: z.literal('fix-requested'), ...repair }),
  /** Somebody asked which commit turned a repository red, and to take it back. `good`: a ref known to be green. */
  z.strictObject({ kind: z.literal('culprit-requested'), ...repair, good: z.string().nullable() }),
  /** A check failed where the repository is hosted, or somebody asked there. */
  z.strictObject({ kind: z.literal('checks-failed'), ...repair, hosted }),
  /** People let a commit through the gate of an environment. */
  z.strictObject({ kind: z.literal('deploy-approved'), ...repair, deploy: deployRequest }),
  /** A person wants what is live in an environment taken back: `ref`, of the pull request that `deploy` names. */
  z.strictObject({
    kind: z.literal('rollback-asked'),
    ...repair,
    deploy: deployRequest,
    rollback: rollbackRequest,
  }),
  /** Nothing repaired a red default branch: who did it? `shownBy` is the run whose check run goes on being edited. */
  z.strictObject({
    kind: z.literal('culprit-wanted'),
    ...repair,
    hosted,
    shownBy: z.string(),
    /** ISO 8601: when we heard that it is red. */
    redSince: z.iso.datetime(),
  }),
  /** Somebody asked for the bug to be repaired that an issue describes; no check is red for it. */
  z.strictObject({ kind: z.literal('bug-described'), ...repair, hosted }),
  /** It is time to try the way of a deploy with a commit that changes nothing (S2-46). */
  z.strictObject({ kind: z.literal('self-test-due'), ...repair, selfTest: selfTestPlace }),
])
export type Event = z.infer<typeof event>

/** Where the repository is hosted; null for what was asked on the command line. */
export function hostedIn(of: Event): Hosted | null {
  return 'hosted' in of ? of.hosted : null
}

/** Whose kill switch and pause hold what others would see of it; null for the command line, and for deploys, which ask themselves. */
export function heldWith(of: Event): HostedRepository | null {
  return of.kind === 'self-test-due' ? of.selfTest.repository : (hostedIn(of)?.repository ?? null)
}
