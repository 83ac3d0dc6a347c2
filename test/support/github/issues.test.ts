import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { openShop, type Shop } from './shop.ts'

let shop: Shop

beforeEach(async () => {
  shop = await openShop()
})

afterEach(async () => {
  await shop.close()
})

async function open(...titles: readonly string[]): Promise<void> {
  for (const title of titles) await shop.octokit.rest.issues.create({ ...shop.at, title })
}

const first = { issue_number: 1 }

test('an issue is closed with a reason, and opened again', async () => {
  await open('red')
  const { issues } = shop.octokit.rest
  const one = { ...shop.at, ...first }
  const closed = await issues.update({ ...one, state: 'closed', state_reason: 'not_planned' })
  const again = await issues.update({ ...one, state: 'open' })

  expect(closed.data).toMatchObject({ state: 'closed', closed_by: { login: 'keeper[bot]' } })
  expect(closed.data.state_reason).toBe('not_planned')
  expect(again.data).toMatchObject({ state: 'open', state_reason: 'reopened', closed_at: null })
})

test('a comment is edited in place and deleted', async () => {
  await open('red')
  const { issues } = shop.octokit.rest
  const { data } = await issues.createComment({ ...shop.at, ...first, body: 'one' })
  const said = { ...shop.at, comment_id: data.id }
  await issues.updateComment({ ...said, body: 'two' })
  const { data: list } = await issues.listComments({ ...shop.at, ...first })
  await issues.deleteComment(said)

  expect(list).toMatchObject([{ id: data.id, body: 'two', user: { login: 'keeper[bot]' } }])
  await expect(issues.getComment(said)).rejects.toMatchObject({ status: 404 })
})

test('a comment longer than GitHub takes is refused', async () => {
  await open('red')
  const { issues } = shop.octokit.rest
  const said = (length: number) =>
    issues.createComment({ ...shop.at, ...first, body: 'x'.repeat(length) })

  expect((await said(65_536)).status).toBe(201)
  await expect(said(65_537)).rejects.toMatchObject({ status: 422 })
})

test('somebody else’s comment is edited only by who may write', async () => {
  await open('red')
  const { data } = await shop.octokit.rest.issues.createComment({ ...shop.at, ...first, body: 'x' })
  const said = { ...shop.at, comment_id: data.id, body: 'y' }

  const stranger = shop.stranger.octokit.rest.issues.updateComment(said)
  await expect(stranger).rejects.toMatchObject({ status: 403 })
  expect((await shop.maria.octokit.rest.issues.updateComment(said)).status).toBe(200)
})

test('one reaction of one kind counts once', async () => {
  await open('red')
  const react = () =>
    shop.octokit.rest.reactions.createForIssue({ ...shop.at, ...first, content: 'eyes' })
  const statuses = [(await react()).status, (await react()).status]
  const { data } = await shop.octokit.rest.issues.get({ ...shop.at, ...first })

  expect(statuses).toEqual([201, 200])
  expect(data.reactions).toMatchObject({ eyes: 1, total_count: 1 })
})

test('labels are made by being used, and found in any case', async () => {
  await open('red')
  const { issues } = shop.octokit.rest
  await issues.addLabels({ ...shop.at, ...first, labels: ['auto-fix', 'Auto-Fix'] })
  const { data } = await issues.listLabelsOnIssue({ ...shop.at, ...first })
  await issues.removeLabel({ ...shop.at, ...first, name: 'AUTO-FIX' })

  expect(data.map(({ name }) => name)).toEqual(['auto-fix'])
  const again = issues.removeLabel({ ...shop.at, ...first, name: 'auto-fix' })
  await expect(again).rejects.toMatchObject({ status: 404 })
})

describe('a list', () => {
  test('comes in pages that name the next', async () => {
    await open('one', 'two', 'three')
    const asked = { ...shop.at, per_page: 2, state: 'all' } as const
    const page = await shop.octokit.rest.issues.listForRepo(asked)
    const all = await shop.octokit.paginate(shop.octokit.rest.issues.listForRepo, asked)

    expect(page.headers.link).toContain('page=2>; rel="next"')
    expect(page.data).toHaveLength(2)
    expect(all.map(({ title }) => title)).toEqual(['three', 'two', 'one'])
  })

  test('costs nothing where nothing changed', async () => {
    await open('red')
    const asked = () => shop.octokit.rest.issues.listForRepo(shop.at)
    const { headers } = await asked()
    const ask = shop.octokit.request('GET /repos/{owner}/{repo}/issues', {
      ...shop.at,
      headers: { 'if-none-match': headers.etag ?? '' },
    })

    await expect(ask).rejects.toMatchObject({ status: 304 })
    await open('another')
    expect((await asked()).headers.etag).not.toBe(headers.etag)
  })

  test('counts against the limit of whoever asks', async () => {
    const remaining = async () => (await shop.octokit.rest.rateLimit.get()).data.rate.remaining
    const before = await remaining()
    await shop.octokit.rest.issues.listForRepo(shop.at)

    expect(await remaining()).toBe(before - 1)
  })
})

test.for([
  ['is:issue red', [1]],
  ['is:open author:app/keeper', [2, 1]],
  ['label:auto-fix', [2]],
  ['"red door"', [1]],
  ['is:pr', []],
  ['repo:acme/other', []],
] as const)('a search for %s finds %j', async ([words, numbers]) => {
  await open('red door', 'door')
  await shop.octokit.rest.issues.addLabels({ ...shop.at, issue_number: 2, labels: ['auto-fix'] })
  const q = words.startsWith('repo:') ? words : `repo:acme/kiosk ${words}`
  const { data } = await shop.octokit.rest.search.issuesAndPullRequests({ q })

  expect(data.items.map(({ number }) => number)).toEqual(numbers)
})
