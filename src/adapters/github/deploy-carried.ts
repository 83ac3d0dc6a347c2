import type { Octokit } from '@octokit/rest'

import type { Carried, Carrier, DeployOrder, TargetState } from '#ports/deployments.ts'

import { type Deployment, sayStatus, stateOf, statusesOf } from './deployment-statuses.ts'

interface By {
  readonly client: Octokit
  readonly login: string
  readonly carrier: Carrier
}

/**
 * Has an order carried out and says on its deployment how that goes. The statuses are also the memory: what was about to
 * begin, and where it can be followed. Only ours count, for others may write there too.
 */
export async function carriedState(
  { client, login, carrier }: By,
  order: DeployOrder,
  deployment: Deployment,
): Promise<TargetState> {
  const ours = (await statusesOf(client, deployment)).filter(({ by }) => by === login)
  const known = stateOf(ours, deployment)
  if (known.kind !== 'pending') return known
  const { begunAt } = deployment
  const { trace, ...carried } = await carrier.carry(order, {
    begunAt,
    askedAt: ours.find(({ state }) => state === 'queued')?.at ?? null,
    trace: known.trace,
    about: () =>
      sayStatus(client, deployment, { state: 'queued', description: aboutToBegin, trace: null }),
  })
  const isNews = carried.kind !== 'pending' || trace !== known.trace
  if (isNews) await sayStatus(client, deployment, { ...wordsOf(carried), trace })
  return { ...carried, begunAt, trace }
}

const aboutToBegin = 'About to begin'

const states = { pending: 'in_progress', live: 'success', failed: 'failure' } as const

function wordsOf(carried: Carried) {
  const description = carried.kind === 'failed' ? carried.detail : ''
  return { state: states[carried.kind], description }
}
