import type { Octokit } from '@octokit/rest'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { openShop, type Shop } from '../../support/github/shop.ts'
import { openPullFrom, robotOf, sweepingService } from '../../support/missed-checks.ts'

let shop: Shop
let robot: Octokit

beforeEach(async () => {
  shop = await openShop()
  robot = robotOf(shop)
})
afterEach(() => shop.close())

describe('a status of older CI that failed while nobody told us', () => {
  test.each(['failure', 'error'] as const)('is heard where it ended as %s, once', async (state) => {
    const { look, heard } = sweepingService(shop)
    await look()
    await robot.rest.repos.createCommitStatus({ ...shop.at, sha: shop.first, state, context: 'ci' })

    expect([await look(), await look()]).toEqual([1, 0])
    expect(heard()).toMatchObject([
      { kind: 'checks-completed', conclusion: 'failure' },
      { source: 'status', head: { sha: shop.first, branch: 'main' }, check: { name: 'ci' } },
    ])
  })

  test('is not heard of where it failed before the service was there for the first time', async () => {
    const state = 'failure' as const
    await robot.rest.repos.createCommitStatus({ ...shop.at, sha: shop.first, state, context: 'ci' })
    const { look, heard } = sweepingService(shop)
    await look(20 * 60_000)
    await look(20 * 60_000)
    expect(heard()).toEqual([])
  })

  test('is not heard of where it was green the next time, or a check of the commit is told already', async () => {
    const { look, heard } = sweepingService(shop)
    await look()
    const sha = await openPullFrom(shop, 'topic')
    const conclusion = 'failure' as const
    const status = { ...shop.at, sha, context: 'ci' }
    await robot.rest.repos.createCommitStatus({ ...status, state: 'failure' })
    await robot.rest.repos.createCommitStatus({ ...status, state: 'success' })
    await robot.rest.repos.createCommitStatus({ ...status, sha: shop.first, state: 'failure' })
    await robot.rest.checks.create({ ...shop.at, head_sha: shop.first, name: 'lint', conclusion })

    expect(await look()).toBe(1)
    expect(heard()).toMatchObject([{ source: 'check-run', head: { sha: shop.first } }])
  })
})
