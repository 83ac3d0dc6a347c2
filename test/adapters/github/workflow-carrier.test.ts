import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { githubDeployTarget } from '#adapters/github/deploy-target.ts'
import { workflowCarrier } from '#adapters/github/workflow-carrier.ts'
import type { DeployOrder } from '#ports/deployments.ts'

import type { Fault } from '../../support/github/faults.ts'
import { openShop, type Shop } from '../../support/github/shop.ts'

const dispatches = 'POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches'
const named = 'run-name: Deploy ${{ inputs.deployment }}'

function workflow(name = named, step = 'test "${{ inputs.sha }}" != bad'): string {
  return `on:
  workflow_dispatch:
    inputs: { environment: { required: true }, sha: { required: true }, deployment: { required: true } }
${name}
jobs: { deploy: { steps: [{ run: '${step}' }] } }
`
}

let shop: Shop
let now: Date

async function open(text: string): Promise<void> {
  now = new Date('2026-11-29T10:00:00Z')
  const files = { '.github/workflows/deploy.yml': text }
  shop = await openShop({ ci: 'workflows', files, now: () => now })
  await shop.github.settled()
}
afterEach(() => shop.close())

const pass = (seconds: number): void => {
  now = new Date(now.getTime() + seconds * 1000)
}

const whoWeAre = () => Promise.resolve({ id: 1, login: 'keeper[bot]' })

/** As a step that is run again and again: what it threw is tried once more. */
async function bring(of: Partial<DeployOrder> = {}) {
  const order: DeployOrder = {
    repository: { installation: 7, id: shop.repository.id, owner: 'acme', name: 'kiosk' },
    environment: 'production',
    sha: shop.first,
    task: 'deploy',
    means: { workflow: 'deploy.yml' },
    patienceSeconds: 300,
    taskId: 'task-1',
    key: 'run_20261129T100000Z-0123abcd deploy',
    ...of,
  }
  const clientFor = () => Promise.resolve(shop.octokit)
  const carrier = workflowCarrier({ clientFor, whoWeAre, clock: { now: () => now } })
  const state = await githubDeployTarget(clientFor, whoWeAre, carrier).bring(order)
  await shop.github.settled()
  return state
}

/** What the workflow was run for. */
const runs = () =>
  shop.repository.checks.workflowRuns
    .filter(({ event }) => event === 'workflow_dispatch')
    .map(({ title }) => title)

const said = () => shop.repository.deployments.map((one) => one.statuses.map(({ state }) => state))

/** How a client says that no answer came. */
const lost = /./

const fault = (of: Fault) => shop.github.faults.add({ route: dispatches, fault: of, times: 1 })

describe('a workflow that says what it runs for', () => {
  beforeEach(() => open(workflow()))

  test('is started once with the commit, followed, and told on the deployment', async () => {
    const first = await bring()
    expect(first).toMatchObject({
      kind: 'pending',
      trace: expect.stringContaining('/actions/runs/'),
    })
    pass(5)
    expect(await bring()).toMatchObject({ kind: 'live', trace: first.trace })
    expect(await bring()).toMatchObject({ kind: 'live', trace: first.trace })
    expect(runs()).toEqual(['Deploy run_20261129T100000Z-0123abcd deploy'])
    expect(said()).toEqual([['queued', 'in_progress', 'success']])
  })

  test('that ends red has failed, and is not started again', async () => {
    shop.repository.ci = 'workflows'
    await shop.maria.checkout.push('main', {
      '.github/workflows/deploy.yml': workflow(named, 'false'),
    })
    await bring()
    const detail = 'The workflow run ended: failure'
    expect(await bring()).toMatchObject({ kind: 'failed', detail })
    expect(await bring()).toMatchObject({ kind: 'failed', detail })
    expect(runs()).toHaveLength(1)
  })

  test.each([
    ['a bad gateway', { kind: 'server-error', status: 502, effect: 'done' }],
    ['a broken connection', { kind: 'connection-reset', effect: 'done' }],
  ] as const)('that began behind %s is found and not started again', async (_what, of) => {
    fault(of)
    await expect(bring()).rejects.toThrow(lost)
    await shop.github.settled()
    pass(300)
    expect(await bring()).toMatchObject({ kind: 'live' })
    expect(runs()).toHaveLength(1)
  })

  test('that did not begin is started again once that is certain', async () => {
    fault({ kind: 'server-error', status: 502, effect: 'not-done' })
    await expect(bring()).rejects.toThrow(lost)
    expect(await bring()).toMatchObject({ kind: 'pending', trace: null })
    expect(runs()).toEqual([])
    pass(61)
    await bring()
    expect(await bring()).toMatchObject({ kind: 'live' })
    expect(runs()).toHaveLength(1)
    expect(said()).toEqual([['queued', 'queued', 'in_progress', 'success']])
  })

  test('is started once more for the way back, and the two are not mistaken for each other', async () => {
    await bring()
    await bring()
    fault({ kind: 'connection-reset', effect: 'done' })
    const back = { task: 'rollback', key: 'run_20261129T100000Z-0123abcd rollback' } as const
    await expect(bring(back)).rejects.toThrow(lost)
    await shop.github.settled()
    expect(await bring(back)).toMatchObject({ kind: 'live' })
    expect(runs().map((title) => title.split(' ').at(-1))).toEqual(['deploy', 'rollback'])
  })

  test('is started by a GitHub that does not say which run it is, and found by its name', async () => {
    shop.octokit.hook.before('request', (options) => {
      if (!('return_run_details' in options)) return
      const words = 'Invalid request. "return_run_details" is not a permitted key.'
      throw Object.assign(new Error(words), { status: 422 })
    })
    expect(await bring()).toMatchObject({ kind: 'pending', trace: null })
    expect(await bring()).toMatchObject({ kind: 'live', trace: expect.stringContaining('/runs/') })
    expect(runs()).toHaveLength(1)
  })

  test('that somebody else starts in our words is not ours', async () => {
    fault({ kind: 'server-error', status: 502, effect: 'not-done' })
    await expect(bring()).rejects.toThrow(lost)
    const inputs = {
      environment: 'production',
      sha: 'bad',
      deployment: 'run_20261129T100000Z-0123abcd deploy',
    }
    const asked = { ...shop.at, workflow_id: 'deploy.yml', ref: 'main', inputs }
    await shop.maria.octokit.rest.actions.createWorkflowDispatch(asked)
    await shop.github.settled()
    expect(await bring()).toMatchObject({ kind: 'pending', trace: null })
  })

  test('is not believed to have deployed because somebody says so on the deployment', async () => {
    await bring()
    const [deployment] = shop.repository.deployments
    const one = { ...shop.at, deployment_id: deployment?.id ?? 0, state: 'failure' as const }
    await shop.maria.octokit.rest.repos.createDeploymentStatus(one)
    expect(await bring()).toMatchObject({ kind: 'live' })
  })
})

test('a workflow whose runs do not say what for is not started again where nobody can tell', async () => {
  await open(workflow(''))
  fault({ kind: 'connection-reset', effect: 'done' })
  await expect(bring()).rejects.toThrow(lost)
  await shop.github.settled()
  pass(300)
  expect(await bring()).toMatchObject({ kind: 'pending', trace: null })
  expect(runs()).toHaveLength(1)
})

test('a workflow that cannot be started has failed, and nothing went live', async () => {
  await open('on: push\njobs: { test: { steps: [] } }\n')
  const detail = expect.stringContaining("does not have 'workflow_dispatch' trigger")
  expect(await bring()).toMatchObject({ kind: 'failed', detail })
  expect(await bring({ means: { workflow: 'other.yml' }, key: 'run_2 deploy' })).toMatchObject({
    kind: 'failed',
  })
})
