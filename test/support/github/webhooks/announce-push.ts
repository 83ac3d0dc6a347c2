import { repositoryAnswer } from '../answers/repositories.ts'
import { changesBetween } from '../git/changes.ts'
import { type Commit, commitOrNull, commitsOf } from '../git/commits.ts'
import { branchOf, isAncestor } from '../git/refs.ts'
import { fullName, type House, type Move, pageUrl } from '../house.ts'
import type { Account, Repository } from '../state.ts'
import { tell } from './announce.ts'

interface Pushed {
  readonly repository: Repository
  readonly by: Account
  readonly move: Move
}

/** Tells of a ref that was made or is gone. */
export function announceRef(house: House, { repository, by, move }: Pushed): void {
  const name = move.after === null ? 'delete' : 'create'
  const isBranch = branchOf(move.ref) !== null
  const ref = move.ref.replace(/^refs\/(heads|tags)\//, '')
  const own = { ref, ref_type: isBranch ? 'branch' : 'tag', pusher_type: 'user' }
  const created = { master_branch: repository.defaultBranch, description: null }
  const at = { repository, action: null, sender: by }
  tell(house, { ...at, name }, move.after === null ? own : { ...own, ...created })
}

/** GitHub lists at most this many commits in a push. */
const mostCommits = 2048
const none = '0'.repeat(40)

/** Tells of a push, with every commit that is new and the files each changed. */
export async function announcePush(house: House, { repository, by, move }: Pushed): Promise<void> {
  const { before, after } = move
  const listed = []
  for (const commit of await newCommits(repository, move))
    listed.push(await pushCommit(house, repository, commit))
  const head = after === null ? null : await commitOrNull(repository.directory, after)
  const own = {
    ...sides(house, repository, move),
    repository: pushRepository(house, repository),
    pusher: { name: by.login, email: `${by.id}+${by.login}@users.noreply.github.com` },
    created: before === null,
    deleted: after === null,
    forced: await isForced(repository, move),
    base_ref: null,
    commits: listed,
    head_commit: head === null ? null : await pushCommit(house, repository, head),
  }
  tell(house, { name: 'push', repository, action: null, sender: by }, own)
}

function sides(house: House, repository: Repository, { ref, before, after }: Move) {
  const [from, to] = [before ?? none, after ?? none]
  const range = `${from.slice(0, 12)}...${to.slice(0, 12)}`
  return { ref, before: from, after: to, compare: `${pageUrl(house, repository)}/compare/${range}` }
}

async function isForced({ directory }: Repository, { before, after }: Move): Promise<boolean> {
  if (before === null || after === null) return false
  return !(await isAncestor(directory, before, after))
}

/** Of a new branch: what no other branch has. */
async function newCommits({ directory }: Repository, { ref, before, after }: Move) {
  if (after === null) return []
  const known = before === null ? [`--exclude=${ref}`, '--glob=refs/heads'] : [before]
  const range = ['--reverse', `--max-count=${mostCommits}`, after, '--not', ...known]
  return await commitsOf(directory, range)
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

function seconds(date: Date): number {
  return Math.floor(date.getTime() / 1000)
}

/** In pushes GitHub writes a repository's times as seconds. */
function pushRepository(house: House, repository: Repository) {
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
