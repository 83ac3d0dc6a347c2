import type { Octokit } from '@octokit/rest'
import { z } from 'zod'

import type { DeployOrder, DeployTarget, TargetState } from '#ports/deployments.ts'

import { type ClientFor, named, type WhoWeAre } from './client.ts'
import { createdOnce } from './once.ts'

interface Deployment {
  readonly id: number
  readonly begunAt: Date
}

/** GitHub Deployments: we say what is to be deployed, whoever deploys says with statuses what became of it. */
export function githubDeployTarget(clientFor: ClientFor, whoWeAre: WhoWeAre): DeployTarget {
  return {
    async bring(order) {
      const client = await clientFor(order.repository, { deployments: 'write' })
      const { login } = await whoWeAre()
      const deployment = await createdOnce(
        () => find(client, order, login),
        () => create(client, order),
      )
      return await stateOf(client, order, deployment)
    },
  }
}

const payload = z.object({ goalkeeper: z.string() })

async function find(
  client: Octokit,
  order: DeployOrder,
  login: string,
): Promise<Deployment | null> {
  const { environment, sha, task, key } = order
  const place = { ...named(order.repository), environment, sha, task, per_page: 100 }
  const known = await client.paginate(client.rest.repos.listDeployments, place)
  const ours = known.find((one) => one.creator?.login === login && keyOf(one.payload) === key)
  return ours === undefined ? null : { id: ours.id, begunAt: new Date(ours.created_at) }
}

/** GitHub gives it back as it was sent, or as text. */
function keyOf(sent: unknown): string | null {
  const value = typeof sent === 'string' ? parsed(sent) : sent
  return payload.safeParse(value).data?.goalkeeper ?? null
}

/** Nothing is merged into it, and which checks must be green the gate has decided. */
async function create(client: Octokit, order: DeployOrder): Promise<Deployment> {
  const { environment, sha, task, taskId, key } = order
  const { data } = await client.rest.repos.createDeployment({
    ...named(order.repository),
    ref: sha,
    environment,
    task,
    auto_merge: false,
    required_contexts: [],
    payload: { goalkeeper: key, taskId },
  })
  if (!('id' in data)) throw new Error(data.message ?? 'GitHub made no deployment.')
  return { id: data.id, begunAt: new Date(data.created_at) }
}

/** The newest status counts; `inactive` says only that another one came after it. */
async function stateOf(
  client: Octokit,
  { repository }: DeployOrder,
  { id, begunAt }: Deployment,
): Promise<TargetState> {
  const { data } = await client.rest.repos.listDeploymentStatuses({
    ...named(repository),
    deployment_id: id,
    per_page: 100,
  })
  const [last] = data
    .filter(({ state }) => state !== 'inactive')
    .toSorted((one, other) => other.id - one.id)
  if (last?.state === 'success') return { kind: 'live', begunAt, at: new Date(last.created_at) }
  if (last?.state === 'failure' || last?.state === 'error')
    return { kind: 'failed', begunAt, detail: last.description.slice(0, 500) }
  return { kind: 'pending', begunAt }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
