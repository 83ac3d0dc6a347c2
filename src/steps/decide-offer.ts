import { z } from 'zod'

import { failure } from '#domain/failure.ts'
import type { Outcome } from '#domain/outcome.ts'
import { offer, type OwnPullRequest, shapeOfFailure } from '#policy/offer.ts'
import type { OpenedBefore, PullRequests } from '#ports/hosting.ts'
import type { KnownProposal, Proposals } from '#ports/proposals.ts'
import type { StepContext, StepKind } from '#ports/step.ts'
import type { Clock } from '#ports/world.ts'

import { hostedOf } from './hosted-run.ts'

interface Ports {
  readonly pullRequests: Pick<PullRequests, 'ours'>
  readonly proposals: Pick<Proposals, 'of'>
  readonly clock: Clock
}

const input = z.strictObject({ failures: z.array(failure) })
type Input = z.infer<typeof input>

/** Whether the fix may be proposed at all, before anything leaves us. Whoever asks by name may have it in any case. */
export function decideOffer(ports: Ports): StepKind<Input> {
  return {
    name: 'decide-offer',
    input,
    outputs: ['failure', 'supersedes'],
    sideEffect: 'none',
    run: (input, context) => decide(ports, input, context),
  }
}

async function decide(
  { pullRequests, proposals, clock }: Ports,
  { failures }: Input,
  context: StepContext,
): Promise<Outcome> {
  const { repository, branch: base, asked, isFork, round } = hostedOf(context)
  const failure = round?.proposal.failure ?? shapeOfFailure(failures)
  const nothing: Outcome = { kind: 'done', outputs: { failure, supersedes: [] } }
  // In a fork nothing is opened, and a later round goes on with what is open: nothing is counted.
  if (isFork || round !== null) return nothing
  const opened = await pullRequests.ours(repository)
  const own = joined(opened, await proposals.of(repository.id, failure))
  const decided = offer(own, { base, now: clock.now() })
  if (decided.kind === 'offer')
    return { kind: 'done', outputs: { failure, supersedes: [...decided.supersedes] } }
  return asked === null ? { kind: 'failed', reason: decided.because, detail: '' } : nothing
}

/** What became of a pull request GitHub knows; what it was for, and what we did with it, stands in our own record. */
function joined(
  opened: readonly OpenedBefore[],
  known: readonly KnownProposal[],
): readonly OwnPullRequest[] {
  const byNumber = new Map(known.map((one) => [one.number, one]))
  return opened.map((one) => {
    const own = byNumber.get(one.number)
    return {
      ...one,
      isSameFailure: own?.isSameFailure ?? false,
      isGivenUp: own !== undefined && own.givenUp !== null && own.givenUp !== 'closed',
      isTakenBack: own?.isTakenBack ?? false,
      isBeside: own !== undefined && own.kind !== 'fix',
      isTheirs: own?.givenUp === 'taken-over',
    }
  })
}
