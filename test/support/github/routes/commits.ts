import { Hono } from 'hono'

import { commitAnswer, fileAnswer } from '../answers/commits.ts'
import { pullAnswer, type PullOf } from '../answers/pulls.ts'
import { type Env, here, param } from '../context.ts'
import { changesBetween } from '../git/changes.ts'
import { type Commit, commitOrNull, commitsOf } from '../git/commits.ts'
import { commitAt, isAncestor, refAt, refsBelow } from '../git/refs.ts'
import { type House, pageUrl, repositoryUrl } from '../house.ts'
import { pageOf } from '../paging.ts'
import { pullsOf } from '../pushes.ts'
import { Refusal } from '../refusal.ts'
import type { Repository } from '../state.ts'
import { comparisonOf } from './comparison.ts'

/** Below `/repos/{owner}/{repo}`: branches, commits and comparisons. */
export function commitRoutes(house: House): Hono<Env> {
  const routes = new Hono<Env>()
  routes.get('/branches', async (c) => {
    const repository = here(house, c, 'contents:read')
    const heads = await refsBelow(repository.directory, 'refs/heads')
    const wanted = c.req.query('protected')
    const branches = [...heads].map(([ref, sha]) => {
      const name = ref.slice('refs/heads/'.length)
      const url = `${repositoryUrl(house, repository)}/commits/${sha}`
      return { name, commit: { sha, url }, protected: repository.protectedBranches.has(name) }
    })
    const chosen = branches.filter(
      (one) => wanted === undefined || String(one.protected) === wanted,
    )
    return c.json(pageOf(c, chosen).items)
  })
  routes.get('/branches/:branch{.+}', async (c) => {
    const repository = here(house, c, 'contents:read')
    return c.json(await branchAnswer(house, repository, param(c, 'branch')))
  })
  routes.get('/commits', async (c) => {
    const repository = here(house, c, 'contents:read')
    const from = c.req.query('sha') ?? repository.defaultBranch
    const tip = await commitAt(repository.directory, from)
    if (tip === null) throw new Refusal(404, `No commit found for SHA: ${from}`)
    const path = c.req.query('path')
    const all = await commitsOf(repository.directory, [...datesOf(c.req.query()), tip], path)
    return c.json(pageOf(c, all).items.map((one) => commitAnswer(house, repository, one)))
  })
  routes.get('/commits/:sha/pulls', async (c) => {
    const repository = here(house, c, 'pull_requests|contents:read')
    const sha = (await existing(repository, param(c, 'sha'))).sha
    const bringing = []
    for (const of of pullsOf(repository))
      if (await brings(of, sha)) bringing.push(pullAnswer(house, of, null))
    return c.json(pageOf(c, bringing).items)
  })
  routes.get('/commits/:ref{.+}', async (c) => {
    const repository = here(house, c, 'contents:read')
    const commit = await existing(repository, param(c, 'ref'))
    return c.json(await fullCommitAnswer(house, repository, commit))
  })
  routes.get('/compare/:basehead{.+}', async (c) => {
    const repository = here(house, c, 'contents:read')
    return c.json(await comparisonOf(house, repository, { basehead: param(c, 'basehead'), c }))
  })
  return routes
}

/** An open pull request has the commit; a merged one brought it, however it was merged. */
async function brings({ repository, issue, pull }: PullOf, sha: string): Promise<boolean> {
  const { directory } = repository
  if (issue.state === 'open') return await isAncestor(directory, sha, pull.headSha)
  if (pull.merged === null || !(await isAncestor(directory, sha, pull.merged.sha))) return false
  return !(await isAncestor(directory, sha, pull.baseSha))
}

/** The commit a path names; GitHub calls a name it does not know unprocessable. */
async function existing({ directory }: Repository, ref: string): Promise<Commit> {
  const sha = await commitAt(directory, ref)
  const commit = sha === null ? null : await commitOrNull(directory, sha)
  if (commit === null) throw new Refusal(422, `No commit found for SHA: ${ref}`)
  return commit
}

async function fullCommitAnswer(house: House, repository: Repository, commit: Commit) {
  const { sha, parents } = commit
  const files = await changesBetween(repository.directory, parents[0] ?? null, sha)
  const sum = (one: 'additions' | 'deletions'): number =>
    files.reduce((total, file) => total + file[one], 0)
  const [additions, deletions] = [sum('additions'), sum('deletions')]
  return {
    ...commitAnswer(house, repository, commit),
    stats: { total: additions + deletions, additions, deletions },
    files: files.slice(0, 300).map((file) => fileAnswer(house, repository, { file, sha })),
  }
}

async function branchAnswer(house: House, repository: Repository, name: string) {
  const sha = await refAt(repository.directory, `refs/heads/${name}`)
  const commit = sha === null ? null : await commitOrNull(repository.directory, sha)
  if (commit === null) throw new Refusal(404, 'Branch not found')
  const isProtected = repository.protectedBranches.has(name)
  const url = `${repositoryUrl(house, repository)}/branches/${name}`
  return {
    name,
    commit: commitAnswer(house, repository, commit),
    _links: { self: url, html: `${pageUrl(house, repository)}/tree/${name}` },
    protected: isProtected,
    protection: {
      enabled: isProtected,
      required_status_checks: { enforcement_level: 'off', contexts: [], checks: [] },
    },
    protection_url: `${url}/protection`,
  }
}

function datesOf({ since, until }: Record<string, string>): readonly string[] {
  return [
    ...(since === undefined ? [] : [`--since=${since}`]),
    ...(until === undefined ? [] : [`--until=${until}`]),
  ]
}
