import type { Shop } from './shop.ts'

export async function tourOfDeployments({ octokit, at, first }: Shop): Promise<void> {
  const { repos } = octokit.rest
  const wanted = { ...at, ref: first, required_contexts: [], payload: { key: 'k' } }
  const { data } = await repos.createDeployment(wanted)
  const one = { ...at, deployment_id: 'id' in data ? data.id : 0 }
  await repos.getDeployment(one)
  await repos.listDeployments({ ...at, environment: 'production', sha: first })
  await repos.createDeploymentStatus({ ...one, state: 'in_progress', description: 'Building' })
  await repos.createDeploymentStatus({
    ...one,
    state: 'success',
    environment_url: 'https://a.example',
  })
  await repos.listDeploymentStatuses(one)
}
