import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { verdictOf } from '#adapters/github/commit-verdict.ts'
import type { HostedRepository } from '#domain/hosted.ts'
import type { CommitVerdict, Hosting } from '#ports/hosting.ts'

import type { Shop } from '../../support/github/shop.ts'
import { openHosting } from '../../support/hosting.ts'
import { openPullFrom, robotOf } from '../../support/missed-checks.ts'

const suite = (status: string | null, count: number) => ({ status, latest_check_runs_count: count })

/** Checks by what they ended with (null: they have not), and the one status that there may be. */
function says(
  suites: readonly ReturnType<typeof suite>[],
  checks: readonly (string | null)[],
  state?: string,
) {
  const statuses = state === undefined ? [] : [{ context: 'ci', state }]
  return {
    suites,
    runs: checks.map((conclusion) => ({
      name: conclusion ?? 'slow',
      status: conclusion === null ? 'in_progress' : 'completed',
      conclusion,
    })),
    // Where nobody set one GitHub says that they are pending.
    status: { state: state ?? 'pending', total_count: statuses.length, statuses },
  }
}

describe('the checks of a commit', () => {
  test.each<readonly [string, Parameters<typeof verdictOf>[0], CommitVerdict['kind']]>([
    ['nobody said anything', says([], []), 'none'],
    ['an App has its suite and no check', says([suite('queued', 0)], []), 'none'],
    [
      'a suite is in progress before its first check',
      says([suite('in_progress', 0)], []),
      'pending',
    ],
    ['all ended well', says([suite('completed', 2)], ['success', 'skipped']), 'green'],
    [
      'all ended well beside an empty suite',
      says([suite('completed', 1), suite('queued', 0)], ['success']),
      'green',
    ],
    ['all ended well beside a suite of no status', says([suite(null, 0)], ['neutral']), 'green'],
    ['a job is still to come', says([suite('in_progress', 1)], ['success']), 'pending'],
    [
      'a job is red and another still to come',
      says([suite('in_progress', 1)], ['failure']),
      'pending',
    ],
    ['a suite is asked to run again', says([suite('queued', 1)], ['success']), 'pending'],
    ['a suite waits for somebody', says([suite('waiting', 1)], ['success']), 'pending'],
    ['a check is under way', says([suite('in_progress', 2)], ['success', null]), 'pending'],
    [
      'a check is under way in a suite that ended',
      says([suite('completed', 1)], [null]),
      'pending',
    ],
    ['a check is red', says([suite('completed', 2)], ['failure', 'success']), 'red'],
    ['a status is pending', says([], ['success'], 'pending'), 'pending'],
    [
      'a status is green and a suite goes on',
      says([suite('in_progress', 0)], [], 'success'),
      'pending',
    ],
    ['a status is green', says([], [], 'success'), 'green'],
    ['a status is red and a check green', says([], ['success'], 'error'), 'red'],
  ])('where %s', (_which, said, kind) => {
    expect(verdictOf(said).kind).toBe(kind)
  })

  test('that are red are named once each', () => {
    const said = says([suite('completed', 3)], ['timed_out', 'success', 'timed_out'], 'failure')
    expect(verdictOf(said)).toEqual({ kind: 'red', failed: ['timed_out', 'ci'] })
  })
})

describe('on GitHub', () => {
  let shop: Shop
  let hosting: Hosting
  let kiosk: HostedRepository

  beforeAll(async () => {
    ;({ shop, hosting, kiosk } = await openHosting())
  })
  // Rejects where anything was not as GitHub describes it.
  afterAll(() => shop.close())

  test('an empty suite says nothing of a commit, and one in progress keeps it from being green', async () => {
    const robot = robotOf(shop)
    const sha = await openPullFrom(shop, 'topic')
    const verdict = async () => (await hosting.checkRuns.verdict(kiosk, sha)).kind
    expect(await verdict()).toBe('none')

    const ended = { status: 'completed', conclusion: 'success' } as const
    const { checks } = robot.rest
    const { data } = await checks.create({ ...shop.at, name: 'build', head_sha: sha, ...ended })
    const suite = shop.repository.checks.suites.find(({ id }) => id === data.check_suite?.id)
    if (suite === undefined) throw new Error('There is no suite.')
    // Its workflow has a job that needs this one: no check run tells of that.
    suite.status = 'in_progress'
    expect(await verdict()).toBe('pending')
    suite.status = 'completed'
    expect(await verdict()).toBe('green')
  })
})
