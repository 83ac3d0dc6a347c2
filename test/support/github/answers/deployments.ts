import type { Deployment, DeploymentStatus } from '../deployments-state.ts'
import { type House, nodeId, repositoryUrl, time } from '../house.ts'
import type { Repository } from '../state.ts'
import { appOrNull, userAnswer } from './accounts.ts'

/** GitHub's `deployment`. */
export function deploymentAnswer(house: House, repository: Repository, of: Deployment) {
  const url = urlOf(house, repository, of)
  return {
    url,
    id: of.id,
    node_id: nodeId('DE', of.id),
    task: of.task,
    original_environment: of.originalEnvironment,
    environment: of.environment,
    description: of.description,
    created_at: time(of.createdAt),
    updated_at: time(of.updatedAt),
    statuses_url: `${url}/statuses`,
    repository_url: repositoryUrl(house, repository),
    creator: userAnswer(house, of.creator),
    sha: of.sha,
    ref: of.ref,
    payload: of.payload,
    transient_environment: of.transient,
    production_environment: of.production,
    performed_via_github_app: appOrNull(house, of.app),
  }
}

interface Told {
  readonly deployment: Deployment
  readonly status: DeploymentStatus
}

/** GitHub's `deployment-status`. */
export function statusOfDeployment(
  house: House,
  repository: Repository,
  { deployment, status }: Told,
) {
  const url = urlOf(house, repository, deployment)
  return {
    url: `${url}/statuses/${status.id}`,
    id: status.id,
    node_id: nodeId('DES', status.id),
    state: status.state,
    creator: userAnswer(house, status.creator),
    description: status.description,
    environment: status.environment,
    target_url: status.targetUrl,
    ...(status.environmentUrl !== '' && { environment_url: status.environmentUrl }),
    created_at: time(status.createdAt),
    updated_at: time(status.createdAt),
    deployment_url: url,
    repository_url: repositoryUrl(house, repository),
    performed_via_github_app: appOrNull(house, status.app),
  }
}

function urlOf(house: House, repository: Repository, { id }: Deployment): string {
  return `${repositoryUrl(house, repository)}/deployments/${id}`
}
