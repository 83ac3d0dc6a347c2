import { Hono } from 'hono'
import { z } from 'zod'

import { userAnswer } from '../answers/accounts.ts'
import { commitAnswer } from '../answers/commits.ts'
import { repositoryAnswer } from '../answers/repositories.ts'
import type { Status } from '../checks-state.ts'
import { bodyOf, type Env, here, param, someone } from '../context.ts'
import { commitOrNull } from '../git/commits.ts'
import { commitAt, refsBelow } from '../git/refs.ts'
import { type House, nextId, nodeId, repositoryUrl, time } from '../house.ts'
import { pageOf } from '../paging.ts'
import { notFound, Refusal } from '../refusal.ts'
import type { Repository } from '../state.ts'
import { tell } from '../webhooks/announce.ts'

/** Commit statuses: the older sister of checks. */
export function statusRoutes(house: House): Hono<Env> {
  const routes = new Hono<Env>()
  routes.post('/statuses/:sha', async (c) => {
    const repository = here(house, c, 'statuses:write')
    const sha = param(c, 'sha')
    const commit = await commitOrNull(repository.directory, sha).catch(() => null)
    if (commit === null) throw new Refusal(422, `No commit found for SHA: ${sha}`)
    const { target_url, ...asked } = await bodyOf(c, shape)
    const made = { id: nextId(house), sha, targetUrl: target_url, createdAt: house.now() }
    const status: Status = { ...asked, ...made, creator: someone(c) }
    repository.statuses.push(status)
    const answer = statusAnswer(house, repository, status)
    await announce(house, repository, status)
    return c.json(answer, 201)
  })
  routes.get('/commits/:ref{.+}/statuses', async (c) => {
    const repository = here(house, c, 'statuses:read')
    const { list } = await statusesAt(repository, param(c, 'ref'))
    return c.json(pageOf(c, list).items.map((one) => statusAnswer(house, repository, one)))
  })
  routes.get('/commits/:ref{.+}/status', async (c) => {
    const repository = here(house, c, 'statuses:read')
    const { sha, list } = await statusesAt(repository, param(c, 'ref'))
    const latest = [...new Map(list.toReversed().map((one) => [one.context, one])).values()]
    const url = `${repositoryUrl(house, repository)}/commits/${sha}`
    return c.json({
      state: combined(latest),
      statuses: pageOf(c, latest).items.map((one) => statusAnswer(house, repository, one)),
      sha,
      total_count: latest.length,
      repository: repositoryAnswer(house, repository),
      commit_url: url,
      url: `${url}/status`,
    })
  })
  return routes
}

const shape = z.object({
  state: z.enum(['error', 'failure', 'pending', 'success']),
  context: z.string().default('default'),
  description: z.string().nullable().default(null),
  target_url: z.string().nullable().default(null),
})

async function statusesAt(repository: Repository, ref: string) {
  const sha = await commitAt(repository.directory, ref)
  if (sha === null) throw notFound()
  return { sha, list: repository.statuses.filter((one) => one.sha === sha).toReversed() }
}

function combined(latest: readonly Status[]): string {
  if (latest.some(({ state }) => state === 'failure' || state === 'error')) return 'failure'
  if (latest.length === 0 || latest.some(({ state }) => state === 'pending')) return 'pending'
  return 'success'
}

function statusAnswer(house: House, repository: Repository, status: Status) {
  const creator = userAnswer(house, status.creator)
  return {
    url: `${repositoryUrl(house, repository)}/statuses/${status.sha}`,
    avatar_url: creator.avatar_url,
    id: status.id,
    node_id: nodeId('SC', status.id),
    state: status.state,
    description: status.description,
    target_url: status.targetUrl,
    context: status.context,
    created_at: time(status.createdAt),
    updated_at: time(status.createdAt),
    creator,
  }
}

async function announce(house: House, repository: Repository, status: Status): Promise<void> {
  const commit = await commitOrNull(repository.directory, status.sha)
  if (commit === null) return
  const heads = await refsBelow(repository.directory, 'refs/heads')
  const branches = [...heads]
    .filter(([, sha]) => sha === status.sha)
    .map(([ref, sha]) => ({
      name: ref.slice('refs/heads/'.length),
      commit: { sha, url: `${repositoryUrl(house, repository)}/commits/${sha}` },
      protected: false,
    }))
  tell(
    house,
    { name: 'status', repository, action: null, sender: status.creator },
    {
      id: status.id,
      sha: status.sha,
      name: `${repository.owner.login}/${repository.name}`,
      avatar_url: userAnswer(house, status.creator).avatar_url,
      target_url: status.targetUrl,
      context: status.context,
      description: status.description,
      state: status.state,
      commit: commitAnswer(house, repository, commit),
      branches,
      created_at: time(status.createdAt),
      updated_at: time(status.createdAt),
    },
  )
}
