import type { Shop } from './shop.ts'

/** A job that waits before an environment, and who is in a team. */
async function tourOfProtection({ github, repository, keeper, maria, ...shop }: Shop) {
  const { octokit, at, first } = shop
  const { ci } = repository
  repository.ci = 'workflows'
  repository.protection.rules.set('production', keeper.app)
  await maria.checkout.push('waits', { '.github/workflows/deploy.yml': waiting }, first)
  await github.settled()
  repository.ci = ci
  const [asked] = repository.protection.asked
  const word = {
    ...at,
    run_id: asked?.run.id ?? 0,
    environment_name: 'production',
    comment: 'Wait',
  }
  await octokit.request(answering, word)
  await octokit.request(answering, { ...word, state: 'approved' })
  github.member('acme/crew', 'maria')
  const { teams } = octokit.rest
  await teams.getMembershipForUserInOrg({ org: 'acme', team_slug: 'crew', username: 'maria' })
}

const answering = 'POST /repos/{owner}/{repo}/actions/runs/{run_id}/deployment_protection_rule'
const waiting = `on: push
jobs:
  deploy:
    environment: production
    runs-on: ubuntu-latest
    steps:
      - run: echo deployed
`

export async function tourOfDeployments(shop: Shop): Promise<void> {
  const { octokit, at, first } = shop
  await tourOfProtection(shop)
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
