import { z } from 'zod'

import type { Outcome } from '#domain/outcome.ts'
import type { DeployTarget, TargetState } from '#ports/deployments.ts'
import type { StepContext, StepKind } from '#ports/step.ts'
import type { Clock } from '#ports/world.ts'

import { after, deployTopic } from './deploy-run.ts'
import { patienceSeconds, pollSeconds, trialOrder } from './self-test-run.ts'

interface Ports {
  readonly target: Pick<DeployTarget, 'bring'>
  readonly clock: Clock
}

const input = z.strictObject({
  head: z.string(),
  /** How long GitHub may take to tell us of the end. */
  'hearing-seconds': z.number().positive().default(60),
})
type Input = z.infer<typeof input>

/** Has the commit deployed to the environment of self-tests, and sees whether we are told when that is over (S2-46). */
export function tryDeploy(ports: Ports): StepKind<Input> {
  return {
    name: 'try-deploy',
    input,
    outputs: ['begunAt', 'liveAt', 'isHeard'],
    sideEffect: 'external',
    run: (input, context) => deploy(ports, input, context),
  }
}

async function deploy(ports: Ports, input: Input, context: StepContext): Promise<Outcome> {
  const now = ports.clock.now()
  const state = await ports.target.bring(trialOrder(context, input.head))
  switch (state.kind) {
    case 'failed':
      return { kind: 'failed', reason: 'build-failed', detail: state.detail }
    case 'pending':
      return now < after(state.begunAt, patienceSeconds)
        ? waiting
        : { kind: 'failed', reason: 'deploy-timed-out', detail: `${patienceSeconds} s` }
    case 'live': {
      // Null: the time was up, and we only asked.
      const isHeard = context.message !== undefined && context.message !== null
      const isLate = now >= after(state.at, input['hearing-seconds'])
      return isHeard || isLate ? live(state, isHeard) : waiting
    }
  }
}

function live({ begunAt, at }: Extract<TargetState, { kind: 'live' }>, isHeard: boolean): Outcome {
  const outputs = { begunAt: begunAt.toISOString(), liveAt: at.toISOString(), isHeard }
  return { kind: 'done', outputs }
}

const waiting: Outcome = {
  kind: 'wait',
  topic: deployTopic,
  timeoutMs: pollSeconds * 1000,
  resumes: true,
}
