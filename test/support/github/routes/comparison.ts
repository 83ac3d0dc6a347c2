import { commitAnswer, fileAnswer } from '../answers/commits.ts'
import type { Request } from '../context.ts'
import { changesBetween } from '../git/changes.ts'
import { commitOrNull, commitsOf, countBetween, mergeBase } from '../git/commits.ts'
import { commitAt } from '../git/refs.ts'
import { git } from '../git/run-git.ts'
import { type House, pageUrl, repositoryUrl } from '../house.ts'
import { pageOf } from '../paging.ts'
import { notFound } from '../refusal.ts'
import type { Repository } from '../state.ts'

interface Asked {
  /** `base...head`, each with an owner before a colon where it is another repository's. */
  readonly basehead: string
  readonly c: Request
}

/** GitHub's `commit-comparison`: three dots, from where the two sides parted. */
export async function comparisonOf(house: House, repository: Repository, { basehead, c }: Asked) {
  const { directory } = repository
  const [baseName = '', headName = ''] = basehead.split('...')
  const base = await side(house, repository, baseName)
  const head = await side(house, repository, headName)
  const parted = await mergeBase(directory, base, head)
  if (parted === null) throw notFound()
  const ahead = await countBetween(directory, base, head)
  const behind = await countBetween(directory, head, base)
  const commits = await commitsOf(directory, ['--reverse', `${base}..${head}`])
  const files = await changesBetween(directory, parted, head)
  const url = `${repositoryUrl(house, repository)}/compare/${baseName}...${headName}`
  const page = `${pageUrl(house, repository)}/compare/${baseName}...${headName}`
  return {
    url,
    html_url: page,
    permalink_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    base_commit: await shown(house, repository, base),
    merge_base_commit: await shown(house, repository, parted),
    status: statusOf(ahead, behind),
    ahead_by: ahead,
    behind_by: behind,
    total_commits: ahead,
    commits: pageOf(c, commits).items.map((one) => commitAnswer(house, repository, one)),
    files: files.map((file) => fileAnswer(house, repository, { file, sha: head })),
  }
}

async function side(house: House, repository: Repository, name: string): Promise<string> {
  const [owner, ref] = name.includes(':') ? name.split(':') : [null, name]
  const other =
    owner === null || owner === undefined ? repository : otherOf(house, repository, owner)
  const sha = other === null ? null : await commitAt(other.directory, ref ?? '')
  if (sha === null || other === null) throw notFound()
  if (other !== repository)
    await git(repository.directory, ['fetch', '--quiet', other.directory, sha])
  return sha
}

/** The repository of another owner in the same network of forks. */
export function otherOf(house: House, repository: Repository, owner: string): Repository | null {
  if (owner.toLowerCase() === repository.owner.login.toLowerCase()) return repository
  const family = [...house.state.repositories.values()].filter(
    (one) => one.parent === repository || one === repository.parent,
  )
  return family.find((one) => one.owner.login.toLowerCase() === owner.toLowerCase()) ?? null
}

async function shown(house: House, repository: Repository, sha: string) {
  const commit = await commitOrNull(repository.directory, sha)
  if (commit === null) throw notFound()
  return commitAnswer(house, repository, commit)
}

function statusOf(ahead: number, behind: number): string {
  if (ahead > 0 && behind > 0) return 'diverged'
  if (ahead > 0) return 'ahead'
  return behind > 0 ? 'behind' : 'identical'
}
