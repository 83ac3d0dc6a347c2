import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { githubClients, identify } from '#adapters/github/clients.ts'
import { githubHosting } from '#adapters/github/hosting.ts'
import type { HostedRepository } from '#domain/hosted.ts'
import type { Hosting } from '#ports/hosting.ts'

import { clientOf, openShop, type Shop } from '../../support/github/shop.ts'

const workflow = `name: Quality
on: push
jobs:
  test:
    name: The tests
    steps:
      - uses: actions/setup-node@v6
      - run: 'true'
      - name: Types
        run: sh check.sh
  style:
    steps:
      - run: 'true'
`
const token = `ghp_${'a'.repeat(36)}`
const files = {
  '.github/workflows/quality.yml': workflow,
  'check.sh': `echo "src/a.ts(7,3): error TS2322: No."\necho ${token}\nexit 3\n`,
}

let shop: Shop
let hosting: Hosting
let kiosk: HostedRepository

beforeEach(async () => {
  shop = await openShop({ ci: 'workflows', files })
  await shop.github.settled()
  const { keeper, github, repository, installation } = shop
  const credentials = { appId: keeper.app.id, privateKey: keeper.privateKey, apiUrl: github.api }
  const clients = githubClients(credentials)
  hosting = githubHosting(clients.clientFor, () => identify(clients.app))
  kiosk = { installation: installation.id, id: repository.id, owner: 'acme', name: 'kiosk' }
})

afterEach(() => shop.close())

const state = () => hosting.ci.state(kiosk, shop.first)

describe('a job that failed', () => {
  test('is told with its step, its annotations and what that step printed, without secrets', async () => {
    const { failed, unfinished } = await state()

    expect(failed).toMatchObject([
      {
        check: 'The tests',
        conclusion: 'failure',
        job: { name: 'The tests', workflow: '.github/workflows/quality.yml', step: 'Types' },
        annotations: [
          { path: 'src/a.ts', line: 7, level: 'failure', message: 'TS2322: No.' },
          { path: '.github', message: 'Process completed with exit code 3.' },
        ],
        log: {
          kind: 'read',
          command: 'sh check.sh',
          exitCode: 3,
          text: 'src/a.ts(7,3): error TS2322: No.\n[redacted]',
        },
      },
    ])
    expect(unfinished).toEqual([])
  })

  test('is told without its log when GitHub has thrown that away', async () => {
    for (const { jobs } of shop.repository.checks.workflowRuns)
      for (const job of jobs) job.log = null
    expect((await state()).failed).toMatchObject([{ check: 'The tests', log: { kind: 'expired' } }])
  })

  test('is told without its log when the App may not read it', async () => {
    const { actions: _, ...permissions } = shop.installation.permissions
    Object.assign(shop.installation, { permissions })
    expect((await state()).failed).toMatchObject([
      { check: 'The tests', job: null, log: { kind: 'refused' } },
    ])
  })
})

test('a check of another app is told in its own words, a status by its description, ours never', async () => {
  const other = shop.github.app({ slug: 'robot', permissions: { checks: 'write' }, events: [] })
  const robot = clientOf(shop.github, other, shop.github.install(other.app, shop.acme))
  const run = { ...shop.at, head_sha: shop.first, conclusion: 'failure' } as const
  const annotation = {
    path: 'a.ts',
    start_line: 2,
    end_line: 2,
    annotation_level: 'warning',
    message: 'Long',
  } as const
  const output = { title: 'Two problems', summary: 'Look', annotations: [annotation] }
  await robot.rest.checks.create({ ...run, name: 'robot', output })
  await shop.octokit.rest.checks.create({ ...run, name: 'ours', output })
  const status = { ...shop.at, sha: shop.first, context: 'old', description: 'Sad' }
  await shop.octokit.rest.repos.createCommitStatus({ ...status, state: 'error' })

  const { failed } = await state()

  expect(failed.slice(1)).toMatchObject([
    {
      check: 'robot',
      job: null,
      title: 'Two problems',
      summary: 'Look',
      annotations: [{ path: 'a.ts', line: 2, level: 'warning', message: 'Long' }],
      log: { kind: 'none' },
    },
    { check: 'old', conclusion: 'error', title: 'Sad', log: { kind: 'none' } },
  ])
})

test('of many red checks a dozen is read and all are named', async () => {
  const other = shop.github.app({ slug: 'robot', permissions: { checks: 'write' }, events: [] })
  const robot = clientOf(shop.github, other, shop.github.install(other.app, shop.acme))
  for (let number = 0; number < 120; number += 1)
    await robot.rest.checks.create({
      ...shop.at,
      head_sha: shop.first,
      name: `part ${number}`,
      conclusion: 'failure',
    })

  const { failed, unread } = await state()

  expect([failed.length, unread.length]).toEqual([12, 109])
})
