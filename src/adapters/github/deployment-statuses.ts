import type { Octokit } from '@octokit/rest'

import type { TargetState } from '#ports/deployments.ts'

/** A deployment of GitHub, as we know it. */
export interface Deployment {
  readonly owner: string
  readonly repo: string
  readonly id: number
  readonly begunAt: Date
}

interface Status {
  readonly state: string
  readonly by: string | null
  readonly description: string
  readonly trace: string | null
  readonly at: Date
}

/** What was said of a deployment, the newest first; `inactive` says only that another one came after it. */
export async function statusesOf(
  client: Octokit,
  { owner, repo, id }: Deployment,
): Promise<readonly Status[]> {
  const at = { owner, repo, deployment_id: id, per_page: 100 }
  const { data } = await client.rest.repos.listDeploymentStatuses(at)
  return data
    .filter(({ state }) => state !== 'inactive')
    .toSorted((one, other) => other.id - one.id)
    .map(({ state, creator, description, target_url, created_at }) => ({
      state,
      by: creator?.login ?? null,
      description,
      trace: target_url || null,
      at: new Date(created_at),
    }))
}

/** How it stands by what whoever deploys said last. */
export async function reportedState(client: Octokit, of: Deployment): Promise<TargetState> {
  return stateOf(await statusesOf(client, of), of)
}

/** The newest status counts. */
export function stateOf(
  [last]: readonly Status[],
  { begunAt }: Pick<Deployment, 'begunAt'>,
): TargetState {
  const known = { begunAt, trace: last?.trace ?? null }
  if (last?.state === 'success') return { ...known, kind: 'live', at: last.at }
  if (last?.state === 'failure' || last?.state === 'error')
    return { ...known, kind: 'failed', detail: last.description.slice(0, 500) }
  return { ...known, kind: 'pending' }
}

interface Said {
  readonly state: 'queued' | 'in_progress' | 'success' | 'failure' | 'inactive'
  readonly description: string
  readonly trace: string | null
}

/** GitHub's limit of a description ("Create a deployment status"). */
const longest = 140

export async function sayStatus(
  client: Octokit,
  { owner, repo, id }: Deployment,
  { state, description, trace }: Said,
): Promise<void> {
  await client.rest.repos.createDeploymentStatus({
    owner,
    repo,
    deployment_id: id,
    state,
    description: description.slice(0, longest),
    ...(trace !== null && { log_url: trace }),
  })
}
