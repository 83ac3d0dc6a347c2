import type { Shop } from './shop.ts'

export async function tourOfDeployments(shop: Shop): Promise<void> {
  const { octokit, at, first } = shop
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
  await dispatched(shop)
}

const byHand = `on: { workflow_dispatch: { inputs: { sha: { required: true } } } }
run-name: Deploy \${{ inputs.sha }}
jobs: { deploy: { steps: [{ run: 'echo \${{ inputs.sha }}' }] } }
`

async function dispatched({ octokit, at, maria, first, github, repository }: Shop): Promise<void> {
  await maria.checkout.push('main', { '.github/workflows/by-hand.yml': byHand })
  const commands = repository.ci
  repository.ci = 'workflows'
  const { actions } = octokit.rest
  const asked = { ...at, workflow_id: 'by-hand.yml', ref: 'main', inputs: { sha: first } }
  await actions.createWorkflowDispatch({ ...asked, return_run_details: true })
  await actions.createWorkflowDispatch(asked)
  await github.settled()
  repository.ci = commands
}
