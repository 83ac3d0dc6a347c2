import { lasting } from './lasting.ts'
import { git, gitLine, GitRefused } from './run-git.ts'

export interface Person {
  readonly name: string
  readonly email: string
  /** ISO 8601, UTC. */
  readonly date: string
}

export interface Commit {
  readonly sha: string
  readonly tree: string
  readonly parents: readonly string[]
  readonly author: Person
  readonly committer: Person
  readonly message: string
}

const format = ['%H', '%T', '%P', '%an', '%ae', '%at', '%cn', '%ce', '%ct', '%B'].join('%x00')

/** Commits, newest first: of one commit's history, of a range, with git's own limits. */
export async function commitsOf(
  directory: string,
  args: readonly string[],
  path?: string,
): Promise<readonly Commit[]> {
  const paths = path === undefined ? [] : [path]
  const log = ['log', `--format=${format}%x1e`, '-z', ...args, '--', ...paths]
  const text = await git(directory, log)
  return text
    .split('\u001E')
    .map((part) => part.replace(/^[\0\n]/, ''))
    .filter(Boolean)
    .map(commitOf)
}

/** One commit by its full id. A commit never changes, so git is asked once. */
export async function commitOrNull(directory: string, sha: string): Promise<Commit | null> {
  const key = `${directory} ${sha}`
  const [commit] = known.has(key) ? [known.get(key)] : await commitsOf(directory, ['-1', sha])
  if (commit !== undefined) known.set(key, commit)
  return commit ?? null
}

const known = new Map<string, Commit>()

export async function countBetween(directory: string, base: string, head: string): Promise<number> {
  return Number(await lasting(directory, ['rev-list', '--count'], `${base}..${head}`))
}

export async function mergeBase(
  directory: string,
  one: string,
  other: string,
): Promise<string | null> {
  try {
    return (await lasting(directory, ['merge-base'], one, other)).trim()
  } catch (error) {
    if (error instanceof GitRefused) return null
    throw error
  }
}

/** The tree of both sides merged; null where they conflict. */
export async function mergedTree(
  directory: string,
  base: string,
  head: string,
): Promise<string | null> {
  try {
    return await gitLine(directory, ['merge-tree', '--write-tree', base, head])
  } catch (error) {
    if (error instanceof GitRefused && error.code === 1) return null
    throw error
  }
}

interface NewCommit {
  readonly tree: string
  readonly parents: readonly string[]
  readonly message: string
  readonly author: Person
  readonly committer: Person
}

export async function writeCommit(directory: string, of: NewCommit): Promise<string> {
  const parents = of.parents.flatMap((parent) => ['-p', parent])
  return await gitLine(directory, ['commit-tree', of.tree, ...parents], {
    input: of.message,
    env: {
      GIT_AUTHOR_NAME: of.author.name,
      GIT_AUTHOR_EMAIL: of.author.email,
      GIT_AUTHOR_DATE: of.author.date,
      GIT_COMMITTER_NAME: of.committer.name,
      GIT_COMMITTER_EMAIL: of.committer.email,
      GIT_COMMITTER_DATE: of.committer.date,
    },
  })
}

function commitOf(text: string): Commit {
  const [sha = '', tree = '', parents = '', ...rest] = text.split('\0')
  const [an = '', ae = '', at = '', cn = '', ce = '', ct = '', ...message] = rest
  return {
    sha,
    tree,
    parents: parents.split(' ').filter(Boolean),
    author: { name: an, email: ae, date: moment(at) },
    committer: { name: cn, email: ce, date: moment(ct) },
    message: message.join('\0').replace(/\n+$/, ''),
  }
}

function moment(seconds: string): string {
  return `${new Date(Number(seconds) * 1000).toISOString().slice(0, 19)}Z`
}
