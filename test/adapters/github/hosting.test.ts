import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { githubClients, identify } from '#adapters/github/clients.ts'
import { githubHosting } from '#adapters/github/hosting.ts'
import type { HostedRepository } from '#domain/hosted.ts'
import type { Hosting } from '#ports/hosting.ts'

import { openShop, type Shop } from '../../support/github/shop.ts'

let shop: Shop
let hosting: Hosting
let kiosk: HostedRepository

beforeEach(async () => {
  shop = await openShop()
  const { keeper, github, repository, installation } = shop
  const credentials = { appId: keeper.app.id, privateKey: keeper.privateKey, apiUrl: github.api }
  const clients = githubClients(credentials)
  hosting = githubHosting(clients.clientFor, () => identify(clients.app))
  const { id, name } = repository
  kiosk = { installation: installation.id, id, owner: 'acme', name }
})

afterEach(async () => {
  const deviations = shop.github.takeDeviations()
  await shop.close()
  // Whatever was asked and answered was as GitHub describes it.
  if (deviations.length > 0) throw new Error(JSON.stringify(deviations, null, 2))
})

function loseAnswerTo(route: string): void {
  const fault = { kind: 'server-error', status: 502, effect: 'done' } as const
  shop.github.faults.add({ route, fault, times: 1 })
}

async function runsOn(ref: string) {
  const { data } = await shop.octokit.rest.checks.listForRef({ ...shop.at, ref, filter: 'all' })
  return data.check_runs.map(({ status, conclusion, output }) => [status, conclusion, output.title])
}

describe('a check run of ours', () => {
  const view = { externalId: 'run_1', title: 'Looking', summary: 'Looking for a fix.' }

  test('is shown once, however often it is shown, and ends', async () => {
    const at = { ...view, headSha: shop.first }
    await hosting.checkRuns.show(kiosk, { ...at, conclusion: null })
    await hosting.checkRuns.show(kiosk, { ...at, conclusion: null })
    await hosting.checkRuns.show(kiosk, { ...at, conclusion: 'success', title: 'Repaired' })

    expect(await runsOn(shop.first)).toEqual([['completed', 'success', 'Repaired']])
  })

  test('is not made twice when the answer to the first was lost', async () => {
    loseAnswerTo('POST /repos/{owner}/{repo}/check-runs')
    await hosting.checkRuns.show(kiosk, { ...view, headSha: shop.first, conclusion: null })

    expect(await runsOn(shop.first)).toEqual([['in_progress', null, 'Looking']])
  })

  test('does not count when the checks of a commit are judged', async () => {
    const sha = shop.first
    expect(await hosting.checkRuns.verdict(kiosk, sha)).toEqual({ kind: 'none' })
    await hosting.checkRuns.show(kiosk, { ...view, headSha: sha, conclusion: null })
    expect(await hosting.checkRuns.verdict(kiosk, sha)).toEqual({ kind: 'none' })
  })
})

test.each([
  ['pending', ['pending'], { kind: 'pending' }],
  ['green', ['success'], { kind: 'green' }],
  ['red', ['failure'], { kind: 'red', failed: ['style'] }],
] as const)('the checks of a commit are %s', async (_word, [state], verdict) => {
  await shop.octokit.rest.repos.createCommitStatus({
    ...shop.at,
    sha: shop.first,
    state,
    context: 'style',
  })
  expect(await hosting.checkRuns.verdict(kiosk, shop.first)).toEqual(verdict)
})

async function issue(): Promise<number> {
  const { data } = await shop.maria.octokit.rest.issues.create({ ...shop.at, title: 'Red' })
  return data.number
}

async function comments(number: number) {
  const place = { ...shop.at, issue_number: number }
  const { data } = await shop.octokit.rest.issues.listComments(place)
  return data.map(({ user, body }) => [user?.login, body])
}

describe('a comment of ours', () => {
  test('is written once and changed afterwards, also when an answer was lost', async () => {
    const number = await issue()
    loseAnswerTo('POST /repos/{owner}/{repo}/issues/{issue_number}/comments')
    const at = { issue: number, marker: '<!-- us -->' }
    await hosting.comments.show(kiosk, { ...at, body: '<!-- us -->\none' })
    await hosting.comments.show(kiosk, { ...at, body: '<!-- us -->\ntwo' })

    expect(await comments(number)).toEqual([['keeper[bot]', '<!-- us -->\ntwo']])
  })

  test('is never one that somebody else marked as ours', async () => {
    const number = await issue()
    const body = '<!-- us -->\nI am the bot.'
    const place = { ...shop.at, issue_number: number }
    await shop.maria.octokit.rest.issues.createComment({ ...place, body })
    const at = { issue: number, marker: '<!-- us -->' }
    await hosting.comments.show(kiosk, { ...at, body: '<!-- us -->\nreally' })

    expect(await comments(number)).toEqual([
      ['maria', body],
      ['keeper[bot]', '<!-- us -->\nreally'],
    ])
  })

  test('eyes are put on what somebody wrote, once', async () => {
    const number = await issue()
    await hosting.comments.acknowledge(kiosk, { issue: number, comment: null })
    await hosting.comments.acknowledge(kiosk, { issue: number, comment: null })
    const place = { ...shop.at, issue_number: number }
    const { data } = await shop.octokit.rest.reactions.listForIssue(place)
    expect(data.map(({ content }) => content)).toEqual(['eyes'])
  })
})

async function pulls() {
  const { data } = await shop.octokit.rest.pulls.list({ ...shop.at, state: 'all' })
  return data.map(({ draft, body, labels }) => [
    draft,
    body?.split('\n')[0],
    labels.map(({ name }) => name),
  ])
}

describe('a pull request of ours', () => {
  const wanted = {
    head: 'auto-fix/1',
    base: 'main',
    title: 'fix: it',
    body: 'one',
    labels: ['x'],
  }

  beforeEach(async () => {
    await shop.maria.checkout.push('auto-fix/1', { 'a.txt': 'a' }, shop.first)
  })

  test('is a draft, opened once and advanced in place', async () => {
    await hosting.pullRequests.open(kiosk, wanted)
    await hosting.pullRequests.open(kiosk, { ...wanted, body: 'two' })
    expect(await pulls()).toEqual([[true, 'two', ['x']]])
  })

  test('is not opened twice when the answer to the first was lost', async () => {
    loseAnswerTo('POST /repos/{owner}/{repo}/pulls')
    const opened = await hosting.pullRequests.open(kiosk, wanted)
    expect(opened).toMatchObject({ state: 'open', isDraft: true })
    expect(await pulls()).toHaveLength(1)
  })

  test('becomes ready for review, once', async () => {
    const { number } = await hosting.pullRequests.open(kiosk, wanted)
    await hosting.pullRequests.markReady(kiosk, number)
    await hosting.pullRequests.markReady(kiosk, number)
    expect(await pulls()).toEqual([[false, 'one', ['x']]])
  })

  test('is listed with what became of it, whatever its body and labels say', async () => {
    const { number } = await hosting.pullRequests.open(kiosk, wanted)
    expect(await hosting.pullRequests.ours(kiosk)).toMatchObject([
      { number, state: 'open', base: 'main' },
    ])
    await hosting.pullRequests.supersede(kiosk, number, 99)
    expect(await hosting.pullRequests.ours(kiosk)).toMatchObject([{ number, state: 'closed' }])
  })

  test('is brought up to date as the draft that it is, and closed without a word', async () => {
    const { number, headSha } = await hosting.pullRequests.open(kiosk, wanted)
    await hosting.pullRequests.advance(kiosk, number, { body: 'round 2', labels: ['y'] })
    expect(await pulls()).toEqual([[true, 'round 2', ['x', 'y']]])

    await hosting.pullRequests.close(kiosk, number)
    expect(await hosting.pullRequests.look(kiosk, number)).toMatchObject({
      number,
      headSha,
      state: 'closed',
    })
  })

  test('is not opened a second time for its branch when somebody closed it', async () => {
    const { number } = await hosting.pullRequests.open(kiosk, wanted)
    await hosting.pullRequests.close(kiosk, number)
    expect(await hosting.pullRequests.open(kiosk, wanted)).toMatchObject({
      number,
      state: 'closed',
    })
  })

  test('is found by the commit at its head', async () => {
    const { number, headSha } = await hosting.pullRequests.open(kiosk, wanted)
    const head = { number, sha: headSha, branch: 'auto-fix/1', base: 'main', isFork: false }
    expect(await hosting.pullRequests.atHead(kiosk, headSha)).toEqual(head)
    expect(await hosting.pullRequests.head(kiosk, number)).toEqual(head)
    expect(await hosting.pullRequests.atHead(kiosk, shop.first)).toBeNull()
  })
})

test('GitHub is asked for the role of a person', async () => {
  expect(await hosting.people.roleOf(kiosk, 'maria')).toBe('admin')
  expect(await hosting.people.roleOf(kiosk, 'stranger')).toBe('read')
})

test('the tip of a branch is where its last push left it', async () => {
  const sha = await shop.maria.checkout.push('main', { 'b.txt': 'b' })
  expect(await hosting.branches.tip(kiosk, 'main')).toBe(sha)
})
