import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'

import { openShop, type Shop } from './shop.ts'

let shop: Shop

const byHand = `on:
  workflow_dispatch:
    inputs: { sha: { required: true }, environment: }
run-name: To \${{ inputs.environment }}
jobs: { deploy: { steps: [{ run: 'test "\${{ inputs.sha }}" = good' }] } }
`
const onPush = `on: push
jobs: { deploy: { steps: [{ run: 'true' }] } }
`

beforeAll(async () => {
  const folder = '.github/workflows'
  const files = { [`${folder}/by-hand.yml`]: byHand, [`${folder}/push.yml`]: onPush }
  shop = await openShop({ ci: 'workflows', files })
  await shop.github.settled()
})
afterAll(() => shop.close())

const dispatch = (workflow_id: string, inputs: Record<string, string>) =>
  shop.octokit.rest.actions.createWorkflowDispatch({
    ...shop.at,
    workflow_id,
    ref: 'main',
    inputs,
    return_run_details: true,
  })

test('a workflow that is started by hand runs with its inputs, and who asks is told which run it is', async () => {
  const { data } = await dispatch('by-hand.yml', { sha: 'good', environment: 'production' })
  const told = z.object({ workflow_run_id: z.number() }).parse(data)
  await shop.github.settled()
  const run = { ...shop.at, run_id: told.workflow_run_id }

  expect((await shop.octokit.rest.actions.getWorkflowRun(run)).data).toMatchObject({
    event: 'workflow_dispatch',
    display_title: 'To production',
    conclusion: 'success',
    actor: { login: 'keeper[bot]' },
  })
})

test.each([
  ['that there is not', 'other.yml', { sha: 'good' }, 404],
  ['that is not started by hand', 'push.yml', {}, 422],
  ['without what it requires', 'by-hand.yml', {}, 422],
  ['with what it does not know', 'by-hand.yml', { sha: 'good', colour: 'red' }, 422],
])('a workflow %s is refused', async (...[, workflow, inputs, status]) => {
  await expect(dispatch(workflow, inputs)).rejects.toMatchObject({ status })
})
