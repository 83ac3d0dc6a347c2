import type { Carried, Carrier, Carrying, DeployOrder } from '#ports/deployments.ts'
import type { Clock } from '#ports/world.ts'

import {
  type Project,
  type VercelApi,
  vercelApi,
  type VercelDeployment,
  VercelRefusal,
} from './vercel-api.ts'
import { moveTo } from './vercel-move.ts'

/** What was created is listed within seconds; what is not there by then was never created. */
const graceMs = 60_000

interface Parts {
  readonly url: string
  readonly token: string
  readonly clock: Clock
  readonly timeoutMs?: number
}

type Told = Awaited<ReturnType<Carrier['carry']>>

/**
 * Vercel builds the commit and points production at it. The way back points production at what was live with that commit,
 * without a build ("Instant Rollback"); only where that is gone it is built again.
 */
export function vercelCarrier({ url, token, clock, timeoutMs }: Parts): Carrier {
  return {
    async carry(order, record) {
      const { means } = order
      if (means === null || means === 'command' || !('vercel' in means))
        throw new Error('No project is named.')
      const { vercel: id, team } = means
      const api = vercelApi({ url, token, team }, timeoutMs)
      try {
        const project = await api.project(id)
        // A token may reach projects of others, and configurations are written by people of one repository.
        if (project.link?.repoId !== order.repository.id) return failed(notLinked)
        return await bring({ api, project, clock }, order, record)
      } catch (error) {
        if (error instanceof VercelRefusal) return failed(error.message)
        throw error
      }
    },
  }
}

const notLinked = 'This project of Vercel is not linked to this repository.'

function failed(detail: string): Told {
  return { kind: 'failed', detail, trace: null }
}

interface Place {
  readonly api: VercelApi
  readonly project: Project
  readonly clock: Clock
}

async function bring(place: Place, order: DeployOrder, record: Carrying): Promise<Told> {
  const { api, project, clock } = place
  const known = await api.deployments(project.id, order.sha)
  const own = known.find(({ meta }) => meta['goalkeeper'] === order.key)
  if (own !== undefined) return { ...(await built(place, own, record)), trace: own.inspectorUrl }
  const before = order.task === 'rollback' ? known.find(wasLive) : undefined
  if (before !== undefined)
    return {
      ...(await pointed(place, before, { how: 'rollback', record })),
      trace: before.inspectorUrl,
    }
  const { askedAt } = record
  const isEarly = askedAt !== null && clock.now().getTime() - askedAt.getTime() < graceMs
  if (isEarly) return { kind: 'pending', trace: null }
  await record.about()
  return await create(place, order)
}

function wasLive({ readyState, readySubstate, isRollbackCandidate }: VercelDeployment): boolean {
  return readyState === 'READY' && readySubstate === 'PROMOTED' && isRollbackCandidate !== false
}

async function create(
  { api, project }: Place,
  { key, sha, repository }: DeployOrder,
): Promise<Told> {
  const ref = project.link?.productionBranch ?? 'main'
  const made = await api.create({
    name: project.name,
    project: project.id,
    target: 'production',
    gitSource: { type: 'github', repoId: repository.id, ref, sha },
    meta: { goalkeeper: key },
  })
  return { kind: 'pending', trace: made.inspectorUrl ?? null }
}

const isBuilding: ReadonlySet<string> = new Set(['QUEUED', 'INITIALIZING', 'BUILDING'])

async function built(place: Place, own: VercelDeployment, record: Carrying): Promise<Carried> {
  if (isBuilding.has(own.readyState)) return { kind: 'pending' }
  if (own.readyState !== 'READY')
    return { kind: 'failed', detail: `${own.readyState}: ${own.errorMessage ?? 'no reason given'}` }
  if (own.readySubstate === 'ROLLING') return { kind: 'pending' }
  return await pointed(place, own, { how: 'promote', record })
}

interface Pointing {
  readonly how: 'promote' | 'rollback'
  readonly record: Carrying
}

/** Has production point there, asked for once; said by Vercel itself that it does. */
async function pointed(
  { api, project, clock }: Place,
  { uid }: VercelDeployment,
  { how, record }: Pointing,
): Promise<Carried> {
  const move = moveTo(project, uid, { how, since: record.begunAt })
  if (move === 'failed') return { kind: 'failed', detail: `Vercel could not ${how} ${uid}.` }
  if (move === 'there') return { kind: 'live', at: clock.now() }
  if (move === 'to-be-asked') await point(api, how, { project: project.id, deployment: uid })
  return { kind: 'pending' }
}

/** Asked twice it is the same. Another move may be under way (409): then it is asked again after that. */
async function point(...[api, how, of]: [VercelApi, ...Parameters<VercelApi['point']>]) {
  try {
    await api.point(how, of)
  } catch (error) {
    if (!(error instanceof VercelRefusal) || error.status !== 409) throw error
  }
}
