import { z } from 'zod'

import type { Outcome } from '#domain/outcome.ts'
import type { DeployTarget } from '#ports/deployments.ts'
import type { Branches, PullRequests } from '#ports/hosting.ts'
import type { StepContext, StepKind } from '#ports/step.ts'

import { selfTestOf, trialOrder } from './self-test-run.ts'

interface Ports {
  readonly pullRequests: Pick<PullRequests, 'close' | 'look'>
  readonly branches: Branches
  readonly target: Pick<DeployTarget, 'retire'>
}

const input = z.strictObject({
  number: z.number().int().positive(),
  branch: z.string(),
  head: z.string(),
})
type Input = z.infer<typeof input>

/** Closes the pull request, deletes its branch, and sees that both are so (S2-46). What somebody pushed to stays. */
export function clearSelfTest(ports: Ports): StepKind<Input> {
  return {
    name: 'clear-self-test',
    input,
    outputs: ['isCleared'],
    sideEffect: 'external',
    run: (input, context) => clear(ports, input, context),
  }
}

async function clear(
  { pullRequests, branches, target }: Ports,
  { number, branch, head }: Input,
  context: StepContext,
): Promise<Outcome> {
  const { repository } = selfTestOf(context)
  await target.retire(trialOrder(context, head))
  await pullRequests.close(repository, { number, left: { branch, headSha: head } })
  const { state } = await pullRequests.look(repository, number)
  const isCleared = state === 'closed' && (await branches.tip(repository, branch)) === null
  return { kind: 'done', outputs: { isCleared } }
}
