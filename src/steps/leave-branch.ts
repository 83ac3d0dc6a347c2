import { factsOf } from '#messages/facts.ts'
import type { PullRequests } from '#ports/hosting.ts'
import type { RunStore } from '#ports/run-store.ts'
import type { StepContext } from '#ports/step.ts'

import { factsSoFar, hostedOf } from './hosted-run.ts'

export interface LeavingBranchPorts {
  readonly pullRequests: Pick<PullRequests, 'forsake'>
  readonly store: Pick<RunStore, 'audit'>
}

/** What a run pushed and could not propose it takes away when it ends; what it proposed stays. */
export async function leaveBranch(
  { pullRequests, store }: LeavingBranchPorts,
  context: StepContext,
): Promise<void> {
  const facts = await factsSoFar(store, context.runId)
  const { round, repository } = hostedOf(context)
  if (round !== null || factsOf(facts, 'pull-request').length > 0) return
  // Written is enough to look: whoever was stopped behind the push did not put the push on record.
  const last = factsOf(facts, 'commit').at(-1)
  if (last !== undefined)
    await pullRequests.forsake(repository, { branch: last.branch, headSha: last.sha })
}
