import type { Octokit } from '@octokit/rest'
import { z } from 'zod'

import type { Carrier, DeployOrder, DeployTarget } from '#ports/deployments.ts'

import { type ClientFor, named, type WhoWeAre } from './client.ts'
import { carriedState } from './deploy-carried.ts'
import { type Deployment, reportedState, sayStatus } from './deployment-statuses.ts'
import { createdOnce } from './once.ts'

/**
 * GitHub Deployments: we say what is to be deployed. Whoever deploys says with statuses what became of it; where a carrier
 * does, we say it ourselves, so that people find each deploy in one place.
 */
export function githubDeployTarget(
  clientFor: ClientFor,
  whoWeAre: WhoWeAre,
  carrier: Carrier,
): DeployTarget {
  return {
    async bring(order) {
      const client = await clientFor(order.repository, { deployments: 'write' })
      const { login } = await whoWeAre()
      const { id, begunAt } = await createdOnce(
        () => find(client, order, login),
        () => create(client, order),
      )
      const deployment = { ...named(order.repository), id, begunAt }
      return order.means === null
        ? await reportedState(client, deployment)
        : await carriedState({ client, login, carrier }, order, deployment)
    },
    async retire(order) {
      const client = await clientFor(order.repository, { deployments: 'write' })
      const known = await find(client, order, (await whoWeAre()).login)
      if (known === null) return
      const said = { state: 'inactive', description: '', trace: null } as const
      await sayStatus(client, { ...named(order.repository), ...known }, said)
    },
  }
}

type Known = Pick<Deployment, 'id' | 'begunAt'>

const payload = z.object({ goalkeeper: z.string() })

async function find(client: Octokit, order: DeployOrder, login: string): Promise<Known | null> {
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
async function create(client: Octokit, order: DeployOrder): Promise<Known> {
  const { environment, sha, task, taskId, key, isTrial = false } = order
  const { data } = await client.rest.repos.createDeployment({
    ...named(order.repository),
    ref: sha,
    environment,
    task,
    auto_merge: false,
    required_contexts: [],
    payload: { goalkeeper: key, taskId },
    ...(isTrial && { transient_environment: true, production_environment: false }),
  })
  if (!('id' in data)) throw new Error(data.message ?? 'GitHub made no deployment.')
  return { id: data.id, begunAt: new Date(data.created_at) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
