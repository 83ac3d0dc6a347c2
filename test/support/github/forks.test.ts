import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { openShop, type Shop } from './shop.ts'

let shop: Shop

beforeEach(async () => {
  shop = await openShop()
  await shop.stranger.octokit.rest.repos.createFork(shop.at)
})

afterEach(async () => {
  await shop.close()
})

function forkUrl(token: string): string {
  return `${shop.github.url.replace('//', `//x-access-token:${token}@`)}/stranger/kiosk.git`
}

/** The stranger pushes to their fork and proposes it. */
async function propose(maintainer_can_modify: boolean) {
  const { account, checkout, octokit } = shop.stranger
  await checkout.git('fetch', 'origin')
  await checkout.git('checkout', '-q', '-B', 'topic', 'origin/main')
  await checkout.git('commit', '-q', '--allow-empty', '-m', 'theirs')
  await checkout.git('push', '-q', forkUrl(account.token ?? ''), 'topic')
  const asked = { ...shop.at, head: 'stranger:topic', base: 'main', title: 'Theirs' }
  return (await octokit.rest.pulls.create({ ...asked, maintainer_can_modify })).data
}

/** Tries to push to the fork's branch with somebody's token. */
async function push(token: string): Promise<string> {
  const { checkout } = shop.maria
  await checkout.git('commit', '-q', '--allow-empty', '-m', 'ours')
  return await checkout.git('push', '-q', '--force', forkUrl(token), 'HEAD:topic').then(
    () => 'pushed',
    (error: unknown) => String(error),
  )
}

test('a fork is another repository whose branch can be proposed', async () => {
  const data = await propose(true)
  const compared = { ...shop.at, basehead: 'main...stranger:topic' }
  const { data: comparison } = await shop.octokit.rest.repos.compareCommitsWithBasehead(compared)

  expect(data).toMatchObject({
    head: { label: 'stranger:topic', repo: { fork: true, full_name: 'stranger/kiosk' } },
    base: { label: 'acme:main', repo: { fork: false } },
    maintainer_can_modify: true,
  })
  expect(comparison).toMatchObject({ status: 'ahead', ahead_by: 1 })
})

test('a second fork of the same person is the first', async () => {
  const { data } = await shop.stranger.octokit.rest.repos.createFork(shop.at)
  const { data: forks } = await shop.octokit.rest.repos.listForks(shop.at)

  expect(forks.map(({ id }) => id)).toEqual([data.id])
})

test('checks of a fork’s commit do not name its pull request', async () => {
  const { head } = await propose(true)
  const asked = { ...shop.at, name: 'keeper', head_sha: head.sha }
  const { data } = await shop.octokit.rest.checks.create(asked)

  expect(data.pull_requests).toEqual([])
})

describe('the branch of a fork', () => {
  test('is moved by a maintainer where its author lets them', async () => {
    const { head } = await propose(true)

    expect(await push(shop.maria.account.token ?? '')).toBe('pushed')
    const { data } = await shop.octokit.rest.pulls.get({ ...shop.at, pull_number: 1 })
    expect(data.head.sha).not.toBe(head.sha)
  })

  test('is not moved by a maintainer where its author does not', async () => {
    await propose(false)

    expect(await push(shop.maria.account.token ?? '')).toContain('not found')
  })

  test('is never moved by an app that is installed on the parent', async () => {
    await propose(true)
    const installation_id = shop.installation.id
    const asked = { installation_id }
    const { data } = await shop.asApp.rest.apps.createInstallationAccessToken(asked)

    expect(await push(data.token)).toContain('not found')
  })
})
