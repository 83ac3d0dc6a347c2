import { z } from 'zod'

import type { FailureReason, Outcome } from '#domain/outcome.ts'
import type { Claims } from '#ports/claims.ts'
import type { Branches, CheckRuns, PullRequests } from '#ports/hosting.ts'
import type { StepContext, StepKind } from '#ports/step.ts'

import { hostedOf, isAboutBug } from './hosted-run.ts'

export interface StandingPorts {
  readonly checkRuns: Pick<CheckRuns, 'verdict'>
  readonly branches: Pick<Branches, 'tip'>
  readonly pullRequests: Pick<PullRequests, 'head' | 'look'>
  readonly claims: Pick<Claims, 'whoWrote'>
}

const input = z.strictObject({})

/** Stands between two steps: goes on only while the branch is where the run found it, and the proposal is ours and open. */
export function stillWanted(ports: StandingPorts): StepKind<z.infer<typeof input>> {
  return {
    name: 'still-wanted',
    input,
    outputs: [],
    sideEffect: 'none',
    async run(_input, context) {
      const because = await standsDown(ports, context, proposalOf(context))
      return because === null ? { kind: 'done', outputs: {} } : stoodDown(because)
    },
  }
}

interface Proposed {
  readonly number: number
  /** Where we left it. */
  readonly headSha: string
}

/** Why the run has no more to do, or null: GitHub is asked, whatever a webhook said or did not say. */
export async function standsDown(
  ports: StandingPorts,
  context: StepContext,
  proposed: Proposed | null,
): Promise<FailureReason | null> {
  const { repository, headSha, asked } = hostedOf(context)
  const [tip, verdict] = await Promise.all([
    // A described bug is in the code wherever the branch goes; what its proposal is worth there, its own checks say.
    isAboutBug(context) ? headSha : tipOf(ports, context),
    // Run again, the checks may say something else; who asks by name may ask about what CI does not look at.
    asked === null ? ports.checkRuns.verdict(repository, headSha) : null,
  ])
  if (tip !== headSha) return 'head-moved'
  if (verdict?.kind === 'green') return 'went-green'
  return proposed === null ? null : await ofProposal(ports, context, proposed)
}

export function stoodDown(reason: FailureReason): Outcome {
  return { kind: 'failed', reason, detail: '' }
}

function proposalOf(context: StepContext): Proposed | null {
  const { round } = hostedOf(context)
  if (round === null) return null
  return { number: round.proposal.number, headSha: context.event.ref ?? '' }
}

async function tipOf(
  { branches, pullRequests }: StandingPorts,
  context: StepContext,
): Promise<string | null> {
  const { repository, branch, isFork, pullRequest } = hostedOf(context)
  if (isFork && pullRequest !== null) return (await pullRequests.head(repository, pullRequest)).sha
  return await branches.tip(repository, branch)
}

/** What GitHub shows may be behind our own push for a moment; a commit that nobody of us wrote is somebody else's. */
async function ofProposal(
  { pullRequests, claims }: StandingPorts,
  context: StepContext,
  { number, headSha }: Proposed,
): Promise<FailureReason | null> {
  const seen = await pullRequests.look(hostedOf(context).repository, number)
  if (seen.state !== 'open') return 'proposal-closed'
  if (seen.headSha === headSha) return null
  return (await claims.whoWrote(seen.headSha)) === null ? 'taken-over' : null
}
