import type { HostedRepository } from '#domain/hosted.ts'
import { factsOf } from '#messages/facts.ts'
import type { NewPullRequest, PullRequest, PullRequests } from '#ports/hosting.ts'
import type { Publishing } from '#ports/publishing.ts'
import type { RunStore } from '#ports/run-store.ts'
import type { StepContext } from '#ports/step.ts'

import { factsSoFar, hostedOf } from './hosted-run.ts'

export interface LeavingBranchPorts {
  readonly pullRequests: Pick<PullRequests, 'forsake'>
  readonly store: Pick<RunStore, 'audit'>
}

/** What a run pushed and could not propose it takes away when it ends; what it proposed stays. */
export async function leaveBranch(ports: LeavingBranchPorts, context: StepContext): Promise<void> {
  const { round, repository } = hostedOf(context)
  if (round === null) await forsakeLast(ports, repository, context.runId)
}

/** The same of a run that somebody ended from outside. */
export async function forsakeLast(
  { pullRequests, store }: LeavingBranchPorts,
  repository: HostedRepository,
  runId: string,
): Promise<void> {
  const facts = await factsSoFar(store, runId)
  if (factsOf(facts, 'pull-request').length > 0) return
  // Written is enough to look: whoever was stopped behind the push did not put the push on record.
  const last = factsOf(facts, 'commit').at(-1)
  if (last !== undefined)
    await pullRequests.forsake(repository, { branch: last.branch, headSha: last.sha })
}

/** Opens the pull request that a branch is there for; where it cannot be opened the branch goes, and the error is thrown. */
export async function openOrForsake(
  { open, forsake }: Pick<Publishing['pullRequests'], 'open' | 'forsake'>,
  repository: HostedRepository,
  { wanted, headSha }: { readonly wanted: NewPullRequest; readonly headSha: string },
): Promise<PullRequest | null> {
  try {
    return await open(repository, wanted)
  } catch (error) {
    // It may be there all the same, and its answer was lost: then the branch stays.
    await forsake(repository, { branch: wanted.head, headSha }).catch(() => undefined)
    throw error
  }
}
