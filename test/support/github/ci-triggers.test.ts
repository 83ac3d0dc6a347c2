import { afterEach, describe, expect, test } from 'vitest'

import { openShop, type Shop, type ShopOptions } from './shop.ts'

let shop: Shop

const workflow = `name: Quality
on: { push: { branches: [main] }, pull_request: { branches: main } }
jobs: { test: { steps: [{ run: sh check.sh }] } }
`
const green = { '.github/workflows/quality.yml': workflow, 'check.sh': 'exit 0\n' }

async function begin(options: ShopOptions): Promise<void> {
  shop = await openShop({ ci: 'workflows', ...options })
  await shop.github.settled()
}

afterEach(async () => {
  await shop.close()
})

async function runs() {
  return (await shop.octokit.rest.actions.listWorkflowRunsForRepo(shop.at)).data.workflow_runs
}

async function checks(ref: string) {
  const { data } = await shop.octokit.rest.checks.listForRef({ ...shop.at, ref })
  return data.check_runs
}

describe('a pull request', () => {
  test('is checked as merged with its base, and its head bears the checks', async () => {
    const both = { ...green, 'check.sh': 'test -e a.txt && test -e b.txt\n' }
    await begin({ files: both })
    await shop.maria.checkout.push('main', { 'a.txt': 'a\n' })
    const head = await shop.maria.checkout.push('topic', { 'b.txt': 'b\n' }, shop.first)
    const asked = { ...shop.at, head: 'topic', base: 'main', title: 'Add b' }
    await shop.octokit.rest.pulls.create(asked)
    await shop.github.settled()

    expect((await runs())[0]).toMatchObject({ event: 'pull_request', head_sha: head })
    expect(await checks('topic')).toMatchObject([
      { name: 'test', conclusion: 'success', pull_requests: [{ number: 1 }] },
    ])
  })

  test('is checked again when its branch moves', async () => {
    await begin({ files: green })
    await shop.maria.checkout.push('topic', { 'check.sh': 'exit 1\n' }, shop.first)
    const asked = { ...shop.at, head: 'topic', base: 'main', title: 'Break' }
    await shop.octokit.rest.pulls.create(asked)
    await shop.maria.checkout.push('topic', { 'check.sh': 'exit 0\n' })
    await shop.github.settled()
    const conclusions = (await runs()).map(({ event, conclusion }) => `${event}: ${conclusion}`)

    expect(conclusions).toEqual(['pull_request: success', 'pull_request: failure', 'push: success'])
  })
})

test('without workflow files it runs the commands it was given, one check each', async () => {
  await begin({ ci: { types: 'true', test: 'test ! -e red.txt' }, files: { 'red.txt': '' } })

  expect(await checks('main')).toMatchObject([
    { name: 'types', conclusion: 'success' },
    { name: 'test', conclusion: 'failure' },
  ])
})

test('a branch that no workflow listens to is not checked', async () => {
  await begin({ files: green })
  await shop.maria.checkout.push('quiet', { 'c.txt': 'c\n' })
  await shop.github.settled()

  expect(await checks('quiet')).toEqual([])
})

test('nothing runs on after the server is closed', async () => {
  await begin({ files: {} })
  await shop.maria.checkout.push('main', { ...green, 'check.sh': 'sleep 60\n' })
  const start = performance.now()
  await shop.github.close()

  expect(performance.now() - start).toBeLessThan(20_000)
})
