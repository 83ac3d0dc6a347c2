import { afterEach, beforeEach, expect, test } from 'vitest'

import type { HostedRepository } from '#domain/hosted.ts'
import type { Hosting } from '#ports/hosting.ts'

import type { Shop } from '../../support/github/shop.ts'
import { loseAnswerTo, openHosting } from '../../support/hosting.ts'

let shop: Shop
let hosting: Hosting
let kiosk: HostedRepository
let headSha: string

const lines = (count: number): string =>
  `${Array.from({ length: count }, (_, at) => at).join('\n')}\n`

beforeEach(async () => {
  ;({ shop, hosting, kiosk } = await openHosting())
  await shop.maria.checkout.push('main', { 'a.txt': lines(40) })
  headSha = await shop.maria.checkout.push(
    'topic',
    {
      'a.txt': lines(40).replace('20\n', 'twenty\n').replace('\n5\n', '\n'),
      'b.txt': 'new\n',
    },
    'origin/main',
  )
  const of = { ...shop.at, head: 'topic', base: 'main', title: 'x' }
  await shop.maria.octokit.rest.pulls.create(of)
})
// Rejects where anything was not as GitHub describes it.
afterEach(() => shop.close())

const review = (line: number) => ({
  marker: '<!-- us -->',
  headSha,
  body: 'A fix.',
  comments: [{ path: 'a.txt', from: line, to: line + 1, body: '```suggestion\n20\n```' }],
})

async function said() {
  const { data } = await shop.octokit.rest.pulls.listReviews({ ...shop.at, pull_number: 1 })
  return data.map(({ user, body, commit_id }) => [user?.login, body, commit_id])
}

test('the lines that a pull request shows are those of its hunks', async () => {
  expect(await hosting.pullRequests.shownLines(kiosk, 1)).toEqual([
    { path: 'a.txt', from: 3, to: 8 },
    { path: 'a.txt', from: 17, to: 23 },
    { path: 'b.txt', from: 1, to: 1 },
  ])
})

test('a review is written once, also when the answer to the first was lost, and on the judged commit', async () => {
  loseAnswerTo(shop, 'POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews')
  await shop.maria.checkout.push('topic', { 'c.txt': 'later\n' })
  const answers = [
    await hosting.pullRequests.suggest(kiosk, 1, review(19)),
    await hosting.pullRequests.suggest(kiosk, 1, review(19)),
  ]
  expect(answers).toEqual(['suggested', 'suggested'])
  expect(await said()).toEqual([['keeper[bot]', '<!-- us -->\nA fix.', headSha]])
})

test('a review on lines that are not shown is refused and leaves nothing', async () => {
  expect(await hosting.pullRequests.suggest(kiosk, 1, review(30))).toBe('refused')
  expect(await said()).toEqual([])
})
