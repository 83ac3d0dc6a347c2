import { z } from 'zod'

import { hostedRepository } from './hosted.ts'

/** Where the way of a deploy is tried with a commit that changes nothing (S2-46): never in production (K31). */
export const selfTestPlace = z.strictObject({
  repository: hostedRepository,
  /** Of GitHub's deployments; no environment that has a gate. */
  environment: z.string(),
})
export type SelfTestPlace = z.infer<typeof selfTestPlace>

/** The workflow of it, and its entry in the audit log. */
export const selfTestName = 'self-test'

/** What a self-test looks at, in order (S2-46): the file and its commit, the push, the deploy, that we hear of it, the end. */
export const selfTestSteps = ['commit', 'proposal', 'deploy', 'webhook', 'clean-up'] as const
export type SelfTestStep = (typeof selfTestSteps)[number]

/** One of them. `isGood` null: it did not come to that. */
export interface StepSeen {
  readonly step: SelfTestStep
  readonly isGood: boolean | null
  readonly detail: string
}

/** What it saw; null for what it did not come to. */
export interface SelfTestSeen {
  readonly number: number | null
  readonly head: string | null
  /** The proposal is about the commit that we wrote. */
  readonly isAsWritten: boolean | null
  readonly begunAt: Date | null
  readonly liveAt: Date | null
  /** GitHub told us of the end of the deploy, and we did not only ask. */
  readonly isHeard: boolean | null
  readonly isCleared: boolean | null
}
