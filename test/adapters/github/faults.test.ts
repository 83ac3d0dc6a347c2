import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import type { Fault } from '../../support/github/faults.ts'
import { openHosting } from '../../support/hosting.ts'

const wanted = {
  head: 'auto-fix/1-types',
  base: 'main',
  title: 'x',
  body: 'x',
  labels: ['auto-fix'],
}

let world: Awaited<ReturnType<typeof open>>

beforeEach(async () => {
  world = await open()
})
// Rejects where anything was not as GitHub describes it.
afterEach(() => world.shop.close())

const patienceMs = 3000

async function open() {
  const { shop, hosting, kiosk } = await openHosting(patienceMs)
  await shop.maria.checkout.push(wanted.head, { 'a.txt': 'a\n' }, shop.first)
  const { octokit, at, first } = shop
  const writes = {
    comment: {
      route: 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments',
      act: () =>
        hosting.comments.show(kiosk, { issue: 1, marker: '<!-- us -->', body: '<!-- us -->' }),
      count: async () => (await octokit.rest.issues.listCommentsForRepo(at)).data.length,
    },
    'check run': {
      route: 'POST /repos/{owner}/{repo}/check-runs',
      act() {
        const view = {
          externalId: 'run_1',
          title: 'Looking',
          summary: 'Looking.',
          conclusion: null,
        }
        return hosting.checkRuns.show(kiosk, { headSha: first, ...view })
      },
      count: async () =>
        (await octokit.rest.checks.listForRef({ ...at, ref: first, filter: 'all' })).data
          .total_count,
    },
    'pull request': {
      route: 'POST /repos/{owner}/{repo}/pulls',
      act: () => hosting.pullRequests.open(kiosk, wanted),
      count: async () => (await octokit.rest.pulls.list({ ...at, state: 'all' })).data.length,
    },
  }
  const asked = (route: string): number =>
    shop.github.served.filter((one) => one.route === route).length
  const meet = (route: string, fault: Fault): void =>
    shop.github.faults.add({ route, fault, times: 1 })
  return { shop, hosting, kiosk, writes, asked, meet }
}

const faults = {
  'a broken connection after the effect': { kind: 'connection-reset', effect: 'done' },
  'a broken connection before the effect': { kind: 'connection-reset', effect: 'not-done' },
  'an answer that does not come': { kind: 'slow', milliseconds: patienceMs + 1500 },
  'a short primary limit': { kind: 'primary-limit', resetsInSeconds: 1 },
  'a short secondary limit': { kind: 'secondary-limit', status: 403, retryAfterSeconds: 1 },
  'a long primary limit': { kind: 'primary-limit', resetsInSeconds: 1800 },
  'a long secondary limit': { kind: 'secondary-limit', status: 429, retryAfterSeconds: 600 },
} as const satisfies Readonly<Record<string, Fault>>

describe('a write is there once, and a step that failed at it is tried again later', () => {
  test.each([
    ['a broken connection after the effect', 'check run', 'done', 1],
    ['a broken connection after the effect', 'pull request', 'done', 1],
    ['a broken connection before the effect', 'check run', 'failed', 1],
    ['an answer that does not come', 'comment', 'done', 1],
    ['an answer that does not come', 'pull request', 'done', 1],
    // A limit is a word before any effect: what it refused is sent a second time by itself.
    ['a short primary limit', 'check run', 'done', 2],
    ['a short secondary limit', 'comment', 'done', 2],
    ['a long secondary limit', 'check run', 'failed', 1],
    ['a long primary limit', 'check run', 'failed', 1],
  ] as const)('%s to a %s: %s, sent %i times', async (...[fault, which, end, times]) => {
    const { shop, writes, asked, meet } = world
    await shop.maria.octokit.rest.issues.create({ ...shop.at, title: 'Red' })
    const { route, act, count } = writes[which]
    meet(route, faults[fault])
    const ended = await act().then(
      () => 'done',
      () => 'failed',
    )
    const [before, sent] = [await count(), asked(route)]
    await act()

    expect([ended, before, sent]).toEqual([end, end === 'done' ? 1 : 0, times])
    expect(await count()).toBe(1)
  })
})

const reading = 'GET /repos/{owner}/{repo}/branches/{branch}'

describe('a question', () => {
  test.each([
    ['a broken connection before the effect', 2],
    ['an answer that does not come', 2],
    // Asked again before its time, GitHub makes the limit longer and in the end blocks the App.
    ['a long secondary limit', 1],
    ['a long primary limit', 1],
  ] as const)('that meets %s is asked %i times', async (fault, times) => {
    const { shop, hosting, kiosk, asked, meet } = world
    meet(reading, faults[fault])
    const tip = await hosting.branches.tip(kiosk, 'main').catch(() => null)
    expect([tip, asked(reading)]).toEqual([times === 1 ? null : shop.first, times])
  })
})

describe('somebody is faster', () => {
  test('and opens the same pull request: ours fails, and finds that one the next time', async () => {
    const { shop, writes, meet } = world
    const { route, act, count } = writes['pull request']
    const { labels: _, ...same } = wanted
    const rival = () => shop.octokit.rest.pulls.create({ ...shop.at, ...same }).then(nothing)
    meet(route, { kind: 'meanwhile', act: rival })

    await expect(act()).rejects.toMatchObject({ status: 422 })
    expect(await act()).toMatchObject({ number: 1 })
    expect(await count()).toBe(1)
  })

  test('and takes the branch away: nothing is opened', async () => {
    const { shop, writes, meet } = world
    const { route, act, count } = writes['pull request']
    const ref = `heads/${wanted.head}`
    const away = () => shop.octokit.rest.git.deleteRef({ ...shop.at, ref }).then(nothing)
    meet(route, { kind: 'meanwhile', act: away })

    await expect(act()).rejects.toMatchObject({ status: 422 })
    expect(await count()).toBe(0)
  })
})

function nothing(): void {
  // Nothing.
}
