import type { Octokit } from '@octokit/rest'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { openShop, type Shop } from '../../support/github/shop.ts'
import { openPullFrom, robotOf, sweepingService } from '../../support/missed-checks.ts'

let shop: Shop
/** Another app, whose checks these are. */
let robot: Octokit

beforeEach(async () => {
  shop = await openShop()
  robot = robotOf(shop)
})

afterEach(() => shop.close())

const minute = 60_000

/** What asks, one round after the other. */
const service = (more: { readonly mostRequests?: number } = {}) => sweepingService(shop, more)

type Conclusion = 'failure' | 'timed_out' | 'success' | 'cancelled'

async function fails(sha: string, by = robot, conclusion: Conclusion = 'failure') {
  await by.rest.checks.create({ ...shop.at, head_sha: sha, name: 'lint', conclusion })
}

const pullFrom = (branch: string): Promise<string> => openPullFrom(shop, branch)

describe('a check that failed while nobody told us', () => {
  test('at the tip of the default branch is heard as if it had been delivered, once', async () => {
    const { look, heard } = service()
    await look()
    await fails(shop.first)

    expect([await look(), await look()]).toEqual([1, 0])
    expect(heard()).toMatchObject([
      {
        kind: 'check-failed',
        repository: { owner: 'acme', name: 'kiosk', installationId: shop.installation.id },
        head: { sha: shop.first, branch: 'main' },
        pulls: [],
        check: { name: 'lint' },
      },
    ])
  })

  test('at the head of a pull request is heard with its pull request', async () => {
    const { look, heard } = service()
    await look()
    const sha = await pullFrom('topic')
    await fails(sha, robot, 'timed_out')

    expect(await look()).toBe(1)
    expect(heard()).toMatchObject([
      {
        conclusion: 'timed-out',
        head: { sha, branch: 'topic' },
        pulls: [
          { number: 1, fork: false, head: { sha, branch: 'topic' }, base: { branch: 'main' } },
        ],
      },
    ])
  })

  test('at the head of a fork is heard with the fork’s pull request, and without a branch of ours', async () => {
    const { look, heard } = service()
    await look()
    const { stranger, github } = shop
    await stranger.octokit.rest.repos.createFork(shop.at)
    const fork = `${github.url.replace('//', `//x:${stranger.account.token}@`)}/stranger/kiosk.git`
    await stranger.checkout.git('fetch', '--quiet', 'origin', 'main')
    await stranger.checkout.git('checkout', '--quiet', '-B', 'patch', shop.first)
    await stranger.checkout.git('commit', '--quiet', '--allow-empty', '--message', 'patch')
    await stranger.checkout.git('push', '--quiet', fork, 'HEAD:refs/heads/patch')
    const of = { ...shop.at, head: 'stranger:patch', base: 'main', title: 'patch' }
    const { data } = await stranger.octokit.rest.pulls.create(of)
    await fails(data.head.sha)

    expect(await look()).toBe(1)
    expect(heard()).toMatchObject([
      { head: { sha: data.head.sha, branch: null }, pulls: [{ number: 1, fork: true }] },
    ])
  })
})

test('a check of our own is a report, and hides no other', async () => {
  const { look, heard } = service()
  await look()
  await fails(shop.first, shop.octokit)
  await fails(shop.first)
  await look()
  expect(heard()).toMatchObject([{ reporter: { slug: 'robot' } }])
})

describe('nothing is heard of', () => {
  test('what failed before the service was there for the first time', async () => {
    await fails(shop.first)
    const { look, heard } = service()
    await look(20 * minute)
    await look(20 * minute)
    expect(heard()).toEqual([])
  })

  test.each(['success', 'cancelled'] as const)('a check that ended as %s', async (conclusion) => {
    const { look, heard } = service()
    await look()
    await fails(shop.first, robot, conclusion)
    await look()
    expect(heard()).toEqual([])
  })

  test('an installation that is suspended, and a repository with nothing in it', async () => {
    const { look } = service()
    await shop.github.repository({ owner: shop.acme, name: 'empty', private: true, ci: 'off' })
    await look()
    expect(await look()).toBe(0)
    Object.assign(shop.installation, { suspendedAt: new Date() })
    await fails(shop.first)
    expect(await look()).toBe(0)
  })
})

test('what could not be read is looked at again in the next lap, and keeps nothing else waiting', async () => {
  const { look, heard } = service()
  await shop.github.repository({ owner: shop.acme, name: 'empty', private: true, ci: 'off' })
  await look()
  await look(60 * minute)
  await fails(shop.first)
  const fault = { kind: 'secondary-limit', status: 429, retryAfterSeconds: 600 } as const
  shop.github.faults.add({ route: 'GET /repos/{owner}/{repo}/pulls', fault, times: 1 })

  await expect(look(61 * minute)).rejects.toThrow('secondary rate limit')
  // The rest of this lap; then a whole one.
  expect([await look(62 * minute), heard()]).toEqual([0, []])
  expect([await look(63 * minute), heard().length]).toEqual([1, 1])
})

test('a round asks for so much and the next one goes on where it ended', async () => {
  const { look, heard } = service({ mostRequests: 6 })
  for (const name of ['a', 'b', 'c'])
    await shop.github.repository({ owner: shop.acme, name, private: true, ci: 'off' })
  const asks = (): number =>
    shop.github.served.filter(({ route }) => route.endsWith('/pulls')).length
  await look()
  await look()
  const first = asks()
  await fails(shop.first)
  await look()
  const second = asks()
  await look()

  // Two of four repositories, then the other two; kiosk, the oldest, was looked at before its check failed.
  expect([first, second]).toEqual([2, 4])
  expect(heard()).toHaveLength(1)
})
