import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import type { HostedRepository } from '#domain/hosted.ts'
import type { Hosting } from '#ports/hosting.ts'

import type { Shop } from '../../support/github/shop.ts'
import { loseAnswerTo, openHosting } from '../../support/hosting.ts'

let shop: Shop
let hosting: Hosting
let kiosk: HostedRepository

beforeEach(async () => {
  ;({ shop, hosting, kiosk } = await openHosting())
})
// Rejects where anything was not as GitHub describes it.
afterEach(() => shop.close())

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
    loseAnswerTo(shop, 'POST /repos/{owner}/{repo}/check-runs')
    await hosting.checkRuns.show(kiosk, { ...view, headSha: shop.first, conclusion: null })

    expect(await runsOn(shop.first)).toEqual([['in_progress', null, 'Looking']])
  })

  test('can be asked what it says, also when another says something else', async () => {
    const at = { ...view, headSha: shop.first }
    expect(await hosting.checkRuns.said(kiosk, shop.first)).toBeNull()
    await hosting.checkRuns.show(kiosk, { ...at, externalId: 'run_0', conclusion: 'neutral' })
    await hosting.checkRuns.show(kiosk, { ...at, summary: 'Still looking.', conclusion: null })
    const said = { isOver: false, summary: 'Still looking.' }
    expect(await hosting.checkRuns.said(kiosk, shop.first)).toEqual(said)
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
    loseAnswerTo(shop, 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments')
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

test('GitHub is asked for the role of a person', async () => {
  expect(await hosting.people.roleOf(kiosk, 'maria')).toBe('admin')
  expect(await hosting.people.roleOf(kiosk, 'stranger')).toBe('read')
})

test('the tip of a branch is where its last push left it', async () => {
  const sha = await shop.maria.checkout.push('main', { 'b.txt': 'b' })
  expect(await hosting.branches.tip(kiosk, 'main')).toBe(sha)
})
