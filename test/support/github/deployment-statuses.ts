import { deploymentAnswer, statusOfDeployment } from './answers/deployments.ts'
import type { Deployment, DeploymentState, DeploymentStatus } from './deployments-state.ts'
import { type House, nextId } from './house.ts'
import type { Account, App, Repository } from './state.ts'
import { tell } from './webhooks/announce.ts'

interface Asked {
  readonly state: DeploymentState
  readonly target_url: string
  readonly log_url: string
  readonly description: string
  readonly environment?: string | undefined
  readonly environment_url: string
  readonly auto_inactive: boolean
  readonly creator: Account
  readonly app: App | null
}

interface New {
  readonly deployment: Deployment
  readonly asked: Asked
}

/** One more status; a success puts the older ones of its environment to rest. */
export function addStatus(
  house: House,
  repository: Repository,
  { deployment, asked }: New,
): DeploymentStatus {
  if (asked.environment !== undefined) deployment.environment = asked.environment
  const status: DeploymentStatus = {
    id: nextId(house),
    state: asked.state,
    description: asked.description,
    environment: deployment.environment,
    targetUrl: asked.log_url || asked.target_url,
    environmentUrl: asked.environment_url,
    creator: asked.creator,
    app: asked.app,
    createdAt: house.now(),
  }
  deployment.statuses.push(status)
  deployment.updatedAt = status.createdAt
  announce(house, repository, { deployment, status })
  if (asked.state === 'success' && asked.auto_inactive)
    putToRest(house, repository, { deployment, status })
  return status
}

interface Told {
  readonly deployment: Deployment
  readonly status: DeploymentStatus
}

/** As GitHub documents `auto_inactive`: of those neither transient nor of production, the ones that had succeeded. */
function putToRest(house: House, { deployments }: Repository, { deployment, status }: Told): void {
  for (const one of deployments) {
    if (one.id >= deployment.id || one.environment !== deployment.environment) continue
    if (one.transient || one.production || one.statuses.at(-1)?.state !== 'success') continue
    const { creator, app, createdAt } = status
    one.statuses.push({
      id: nextId(house),
      state: 'inactive',
      description: '',
      environment: one.environment,
      targetUrl: '',
      environmentUrl: '',
      creator,
      app,
      createdAt,
    })
  }
}

function announce(house: House, repository: Repository, { deployment, status }: Told): void {
  // GitHub tells nobody of these.
  if (status.state === 'inactive') return
  tell(
    house,
    { name: 'deployment_status', action: 'created', repository, sender: status.creator },
    {
      deployment: deploymentAnswer(house, repository, deployment),
      deployment_status: statusOfDeployment(house, repository, { deployment, status }),
    },
  )
}
