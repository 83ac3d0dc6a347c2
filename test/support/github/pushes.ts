import { covers } from './access.ts'
import { pullOf, type PullOf } from './answers/pulls.ts'
import { repositoryAnswer } from './answers/repositories.ts'
import { changesBetween } from './git/changes.ts'
import { type Commit, commitOrNull, commitsOf } from './git/commits.ts'
import { branchOf, isAncestor } from './git/refs.ts'
import { fullName, type House, type Move, pageUrl } from './house.ts'
import { updatePullRefs } from './pull-facts.ts'
import type { Account, Repository } from './state.ts'
import { newSuite } from './suites.ts'
import { announcePull, announceSuite, tell } from './webhooks/announce.ts'

export interface Pushed {
  readonly repository: Repository
  readonly by: Account
  readonly move: Move
}

/** All that follows from one ref that moved: events, pull requests that advance, suites that begin. */
export async function pushed(house: House, at: Pushed): Promise<void> {
  const { repository, by, move } = at
  const branch = branchOf(move.ref)
  repository.pushedAt = house.now()
  if (move.before === null || move.after === null) announceRef(house, at)
  await announcePush(house, at)
  if (branch === null || move.after === null) return
  await advanceHeads(house, { repository, by, move, branch, after: move.after })
  await advanceBases(house, repository, branch)
  await requestSuites(house, at, branch)
}

type Advance = Pushed & { readonly branch: string; readonly after: string }

/** Open pull requests from this branch now stand at its new commit. */
async function advanceHeads(house: House, at: Advance): Promise<void> {
  for (const of of openPulls(house)) {
    const { pull, issue } = of
    if (pull.headRepository !== at.repository || pull.headBranch !== at.branch) continue
    const before = pull.headSha
    pull.headSha = at.after
    issue.updatedAt = house.now()
    await updatePullRefs(of)
    const also = { before, after: at.after }
    await announcePull(house, { of, action: 'synchronize', sender: at.by, also })
  }
}

/** Open pull requests into this branch are to be merged with what it is now. */
async function advanceBases(house: House, repository: Repository, branch: string): Promise<void> {
  for (const of of openPulls(house)) {
    if (of.repository !== repository || of.pull.baseBranch !== branch) continue
    await updatePullRefs(of)
  }
}

/** GitHub opens a suite for every app that may write checks. */
async function requestSuites(house: House, at: Pushed, branch: string): Promise<void> {
  const { repository, by, move } = at
  if (move.after === null) return
  for (const { app, permissions, ...installation } of house.state.installations.values()) {
    if (permissions['checks'] !== 'write') continue
    if (!covers({ app, permissions, ...installation }, repository)) continue
    if (repository.checks.suites.some((one) => one.app === app && one.headSha === move.after))
      continue
    const made = { app, headSha: move.after, headBranch: branch, before: move.before }
    const suite = newSuite(house, repository, made)
    await announceSuite(house, { repository, suite, action: 'requested', sender: by })
  }
}

export function openPulls({ state }: House): readonly PullOf[] {
  return [...state.repositories.values()].flatMap((repository) =>
    repository.issues
      .filter((issue) => issue.state === 'open')
      .flatMap((issue) => pullOf(repository, issue) ?? []),
  )
}

function announceRef(house: House, { repository, by, move }: Pushed): void {
  const name = move.after === null ? 'delete' : 'create'
  const isBranch = branchOf(move.ref) !== null
  const ref = move.ref.replace(/^refs\/(heads|tags)\//, '')
  const own = { ref, ref_type: isBranch ? 'branch' : 'tag', pusher_type: 'user' }
  const created = { master_branch: repository.defaultBranch, description: null }
  const at = { repository, action: null, sender: by }
  tell(house, name, at, move.after === null ? own : { ...own, ...created })
}

/** GitHub lists at most this many commits in a push. */
const mostCommits = 2048

async function announcePush(house: House, { repository, by, move }: Pushed): Promise<void> {
  const { directory } = repository
  const none = '0'.repeat(40)
  const { ref, before, after } = move
  const commits = after === null ? [] : await newCommits(directory, before, after)
  const listed = []
  for (const commit of commits) listed.push(await pushCommit(house, repository, commit))
  const head = after === null ? null : await commitOrNull(directory, after)
  const forced = before !== null && after !== null && !(await isAncestor(directory, before, after))
  const page = pageUrl(house, repository)
  tell(
    house,
    'push',
    { repository, action: null, sender: by },
    {
      ref,
      before: before ?? none,
      after: after ?? none,
      repository: pushRepository(house, repository),
      pusher: { name: by.login, email: `${by.id}+${by.login}@users.noreply.github.com` },
      created: before === null,
      deleted: after === null,
      forced,
      base_ref: null,
      compare: `${page}/compare/${(before ?? none).slice(0, 12)}...${(after ?? none).slice(0, 12)}`,
      commits: listed,
      head_commit: head === null ? null : await pushCommit(house, repository, head),
    },
  )
}

async function newCommits(directory: string, before: string | null, after: string) {
  const range = before === null ? ['-1', after] : [`${before}..${after}`]
  const commits = await commitsOf(directory, ['--reverse', `--max-count=${mostCommits}`, ...range])
  return commits
}

async function pushCommit(house: House, repository: Repository, commit: Commit) {
  const { sha, tree, message, author, committer, parents } = commit
  const files = await changesBetween(repository.directory, parents[0] ?? null, sha)
  const paths = (status: string): string[] =>
    files.filter((file) => file.status === status).map((file) => file.path)
  return {
    id: sha,
    tree_id: tree,
    distinct: true,
    message,
    timestamp: author.date,
    url: `${pageUrl(house, repository)}/commit/${sha}`,
    author: { name: author.name, email: author.email },
    committer: { name: committer.name, email: committer.email },
    added: paths('added'),
    removed: paths('removed'),
    modified: [...paths('modified'), ...paths('renamed')],
  }
}

/** In pushes GitHub writes a repository's times as seconds. */
function pushRepository(house: House, repository: Repository) {
  const seconds = (date: Date): number => Math.floor(date.getTime() / 1000)
  return {
    ...repositoryAnswer(house, repository),
    url: pageUrl(house, repository),
    full_name: fullName(repository),
    created_at: seconds(repository.createdAt),
    pushed_at: seconds(repository.pushedAt),
    stargazers: 0,
    master_branch: repository.defaultBranch,
  }
}
