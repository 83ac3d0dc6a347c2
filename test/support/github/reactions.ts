import type { PullOf } from './answers/pulls.ts'
import { startWorkflows } from './ci/run-workflow.ts'
import { commitOrNull } from './git/commits.ts'
import { branchOf, refAt } from './git/refs.ts'
import type { House, Move } from './house.ts'
import { openPulls, pushed } from './pushes.ts'
import type { Account, Repository } from './state.ts'

/** After refs moved: events and pull requests first, then the CI. */
export async function refsMoved(
  house: House,
  { repository, by }: { readonly repository: Repository; readonly by: Account },
  moves: readonly Move[],
): Promise<void> {
  for (const move of moves) {
    await pushed(house, { repository, by, move })
    const branch = branchOf(move.ref)
    if (branch === null || move.after === null) continue
    const sha = move.after
    const title = (await commitOrNull(repository.directory, sha))?.message.split('\n')[0] ?? ''
    const at = { repository, by, title, sha, headSha: sha, branch, headBranch: branch }
    await startWorkflows(house, { ...at, event: 'push' })
    for (const of of openPulls(house))
      if (of.pull.headRepository === repository && of.pull.headBranch === branch)
        await pullsOpened(house, of, by)
  }
}

/** A pull request's CI runs in the repository it wants to go into, on the merge of both sides. */
export async function pullsOpened(house: House, of: PullOf, by: Account): Promise<void> {
  const { repository, issue, pull } = of
  const merge = await refAt(repository.directory, `refs/pull/${issue.number}/merge`)
  // Where both sides conflict GitHub runs nothing.
  if (merge === null) return
  await startWorkflows(house, {
    repository,
    by,
    event: 'pull_request',
    title: issue.title,
    branch: pull.baseBranch,
    sha: merge,
    headSha: pull.headSha,
    headBranch: pull.headBranch,
  })
}
