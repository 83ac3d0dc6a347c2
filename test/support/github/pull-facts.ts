import type { PullFacts, PullOf } from './answers/pulls.ts'
import { changesBetween } from './git/changes.ts'
import { countBetween, mergeBase, mergedTree, writeCommit } from './git/commits.ts'
import { refAt } from './git/refs.ts'
import { git } from './git/run-git.ts'

/** Measures a pull request between its head and the base branch as both are now. */
export async function factsOf(of: PullOf): Promise<PullFacts> {
  const { repository, issue, pull } = of
  const { directory } = repository
  const base = await baseOf(of)
  const from = (await mergeBase(directory, base, pull.headSha)) ?? base
  const files = await changesBetween(directory, from, pull.headSha)
  const sum = (one: 'additions' | 'deletions'): number =>
    files.reduce((total, file) => total + file[one], 0)
  const open = issue.state === 'open'
  const mergeCommit = open ? await refAt(directory, mergeRef(issue.number)) : null
  return {
    commits: await countBetween(directory, base, pull.headSha),
    additions: sum('additions'),
    deletions: sum('deletions'),
    changedFiles: files.length,
    mergeable: open ? mergeCommit !== null : null,
    mergeableState: stateOf(of, mergeCommit),
    mergeCommit,
  }
}

/** Brings `refs/pull/<number>/head` and `…/merge` of an open pull request to where both sides are. */
export async function updatePullRefs(of: PullOf): Promise<void> {
  const { repository, issue, pull } = of
  const { directory } = repository
  const head = `refs/pull/${issue.number}/head`
  await fetchHead(of)
  await git(directory, ['update-ref', head, pull.headSha])
  const base = await baseOf(of)
  const tree = await mergedTree(directory, base, pull.headSha)
  if (tree === null)
    return void (await git(directory, ['update-ref', '-d', mergeRef(issue.number)]))
  const parents = [base, pull.headSha]
  const date = `${issue.updatedAt.toISOString().slice(0, 19)}Z`
  const person = { name: 'GitHub', email: 'noreply@github.com', date }
  const message = `Merge ${pull.headSha} into ${base}`
  const commit = { tree, parents, message, author: person, committer: person }
  const merge = await writeCommit(directory, commit)
  await git(directory, ['update-ref', mergeRef(issue.number), merge])
}

/** The commit a pull request is compared with: its base branch now, or where it was when it closed. */
async function baseOf({ repository, issue, pull }: PullOf): Promise<string> {
  if (issue.state === 'closed') return pull.baseSha
  return (await refAt(repository.directory, `refs/heads/${pull.baseBranch}`)) ?? pull.baseSha
}

/** A fork's commits come over before anything is asked about them. */
async function fetchHead({ repository, pull }: PullOf): Promise<void> {
  if (pull.headRepository === repository) return
  await git(repository.directory, ['fetch', '--quiet', pull.headRepository.directory, pull.headSha])
}

function stateOf({ issue, pull }: PullOf, merge: string | null): PullFacts['mergeableState'] {
  if (issue.state === 'closed') return 'unknown'
  if (merge === null) return 'dirty'
  return pull.draft ? 'draft' : 'clean'
}

function mergeRef(number: number): string {
  return `refs/pull/${number}/merge`
}
