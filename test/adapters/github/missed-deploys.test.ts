import { afterEach, expect, test } from 'vitest'

import { openShop, type Shop } from '../../support/github/shop.ts'
import { sweepingService } from '../../support/missed-checks.ts'

let shop: Shop

afterEach(() => shop.close())

const deploy = `on: workflow_dispatch
jobs: { deploy: { steps: [{ run: 'false' }] } }
`

test.each([
  ['we began is no check that failed', 'octokit', 0],
  ['a person began is one', 'maria', 1],
] as const)('a red deploy by a workflow that %s', async (_what, who, found) => {
  shop = await openShop({ ci: 'workflows', files: { '.github/workflows/deploy.yml': deploy } })
  const { look } = sweepingService(shop)
  await look()
  const by = who === 'maria' ? shop.maria.octokit : shop.octokit
  const asked = { ...shop.at, workflow_id: 'deploy.yml', ref: 'main' }
  await by.rest.actions.createWorkflowDispatch(asked)
  await shop.github.settled()
  expect(await look()).toBe(found)
})
