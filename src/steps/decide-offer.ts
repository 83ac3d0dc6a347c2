import { z } from 'zod'

import { failure } from '#domain/failure.ts'
import type { Outcome } from '#domain/outcome.ts'
import { offer, shapeOfFailure } from '#policy/offer.ts'
import type { PullRequests } from '#ports/hosting.ts'
import type { StepContext, StepKind } from '#ports/step.ts'
import type { Clock } from '#ports/world.ts'

import { hostedOf } from './hosted-run.ts'

interface Ports {
  readonly pullRequests: Pick<PullRequests, 'ours'>
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
  { pullRequests, clock }: Ports,
  { failures }: Input,
  context: StepContext,
): Promise<Outcome> {
  const { repository, branch: base, asked, isFork } = hostedOf(context)
  const failure = shapeOfFailure(failures)
  // In a fork nothing is opened, so nothing is counted.
  if (isFork) return { kind: 'done', outputs: { failure, supersedes: [] } }
  const own = await pullRequests.ours(repository, failure)
  const decided = offer(own, { base, now: clock.now() })
  if (decided.kind === 'offer')
    return { kind: 'done', outputs: { failure, supersedes: [...decided.supersedes] } }
  if (asked !== null) return { kind: 'done', outputs: { failure, supersedes: [] } }
  return { kind: 'failed', reason: decided.because, detail: '' }
}
