import { afterEach, beforeEach, expect, test } from 'vitest'

import { type Mailbox, openMailbox } from './mailbox.ts'
import { openShop, type Shop } from './shop.ts'

let shop: Shop
let mailbox: Mailbox

beforeEach(async () => {
  mailbox = await openMailbox()
  const webhook = { url: mailbox.url, secret: 'a secret' }
  const files = { 'a.txt': 'one\n', 'b.txt': 'one\n' }
  shop = await openShop({ webhook, events: ['pull_request', 'issues'], files })
})

afterEach(async () => {
  await shop.close()
  await mailbox.close()
})

async function propose(branch: string, files: Readonly<Record<string, string>>, body = '') {
  const head = await shop.maria.checkout.push(branch, files, shop.first)
  const asked = { ...shop.at, head: branch, base: 'main', title: `Change ${branch}`, body }
  const { data } = await shop.octokit.rest.pulls.create(asked)
  return { head, number: data.number, one: { ...shop.at, pull_number: data.number } }
}

test('a pull request is measured by git', async () => {
  const { one, head } = await propose('topic', { 'a.txt': 'two\n', 'c.txt': 'new\nlines\n' })
  const { data } = await shop.octokit.rest.pulls.get(one)
  const { data: files } = await shop.octokit.rest.pulls.listFiles(one)

  expect(data).toMatchObject({ additions: 3, deletions: 1, changed_files: 2, commits: 1 })
  expect(data).toMatchObject({ mergeable: true, head: { sha: head }, base: { sha: shop.first } })
  expect(files).toMatchObject([
    { filename: 'a.txt', status: 'modified', patch: '@@ -1 +1 @@\n-one\n+two' },
    { filename: 'c.txt', status: 'added', additions: 2 },
  ])
})

test('a second pull request for one branch is refused while the first is open', async () => {
  const { one } = await propose('topic', { 'a.txt': 'two\n' })
  const again = { ...shop.at, head: 'topic', base: 'main', title: 'Again' }

  const second = shop.octokit.rest.pulls.create(again)
  await expect(second).rejects.toMatchObject({
    status: 422,
    message: expect.stringContaining('A pull request already exists for acme:topic.'),
  })
  await shop.octokit.rest.pulls.update({ ...one, state: 'closed' })
  expect((await shop.octokit.rest.pulls.create(again)).status).toBe(201)
})

test.for([
  ['from a branch that is not there', { head: 'nowhere', base: 'main' }, 'head'],
  ['into a branch that is not there', { head: 'topic', base: 'nowhere' }, 'base'],
  ['without commits', { head: 'same', base: 'main' }, 'No commits between main and same'],
] as const)('a pull request %s is refused', async ([, sides, word]) => {
  await shop.maria.checkout.push('topic', { 'a.txt': 'two\n' }, shop.first)
  await shop.octokit.rest.git.createRef({ ...shop.at, ref: 'refs/heads/same', sha: shop.first })

  const asked = { ...shop.at, ...sides, title: 'x' }
  await expect(shop.octokit.rest.pulls.create(asked)).rejects.toMatchObject({
    status: 422,
    message: expect.stringContaining(word),
  })
})

test('a push moves the head of its pull request, and the app hears of it', async () => {
  const { one, head } = await propose('topic', { 'a.txt': 'two\n' })
  const after = await shop.maria.checkout.push('topic', { 'a.txt': 'three\n' })
  await shop.github.settled()
  const { data } = await shop.octokit.rest.pulls.get(one)
  const [letter] = mailbox.named('pull_request.synchronize')

  expect(data).toMatchObject({ head: { sha: after }, commits: 2 })
  expect(JSON.parse(letter?.body ?? '{}')).toMatchObject({ before: head, after })
})

test('what was merged first is still there after the second merge', async () => {
  const first = await propose('first', { 'a.txt': 'two\n' })
  const second = await propose('second', { 'b.txt': 'two\n' })
  await shop.octokit.rest.pulls.merge(first.one)
  await shop.octokit.rest.pulls.merge({ ...second.one, merge_method: 'squash' })
  await shop.maria.checkout.git('fetch', 'origin')

  const show = (file: string) => shop.maria.checkout.git('show', `origin/main:${file}`)
  expect([await show('a.txt'), await show('b.txt')]).toEqual(['two\n', 'two\n'])
})

test('a pull request that conflicts is not mergeable and is not merged', async () => {
  const first = await propose('first', { 'a.txt': 'two\n' })
  const second = await propose('second', { 'a.txt': 'three\n' })
  await shop.octokit.rest.pulls.merge(first.one)
  const { data } = await shop.octokit.rest.pulls.get(second.one)

  expect(data).toMatchObject({ mergeable: false, mergeable_state: 'dirty' })
  const merge = shop.octokit.rest.pulls.merge(second.one)
  await expect(merge).rejects.toMatchObject({ status: 405 })
})

test('a merge that names another head than there is now is refused', async () => {
  const { one, head } = await propose('topic', { 'a.txt': 'two\n' })
  await shop.maria.checkout.push('topic', { 'a.txt': 'three\n' })

  const merge = shop.octokit.rest.pulls.merge({ ...one, sha: head })
  await expect(merge).rejects.toMatchObject({ status: 409 })
})

test('a draft is merged only after it was made ready', async () => {
  await shop.maria.checkout.push('topic', { 'a.txt': 'two\n' }, shop.first)
  const asked = { ...shop.at, head: 'topic', base: 'main', title: 'x', draft: true }
  const { data } = await shop.octokit.rest.pulls.create(asked)
  const one = { ...shop.at, pull_number: data.number }
  await expect(shop.octokit.rest.pulls.merge(one)).rejects.toMatchObject({ status: 405 })

  const ready = `mutation ($id: ID!) {
    markPullRequestReadyForReview(input: { pullRequestId: $id }) { pullRequest { isDraft } }
  }`
  expect(await shop.octokit.graphql(ready, { id: data.node_id })).toEqual({
    markPullRequestReadyForReview: { pullRequest: { isDraft: false } },
  })
  expect((await shop.octokit.rest.pulls.merge(one)).data.merged).toBe(true)
})

test('merging closes the issues that the text says it fixes', async () => {
  await shop.octokit.rest.issues.create({ ...shop.at, title: 'red' })
  await shop.octokit.rest.issues.create({ ...shop.at, title: 'another' })
  const { one } = await propose('topic', { 'a.txt': 'two\n' }, 'Fixes #1, see #2.')
  await shop.octokit.rest.pulls.merge(one)
  const { data } = await shop.octokit.rest.issues.listForRepo({ ...shop.at, state: 'open' })

  expect(data.map(({ number }) => number)).toEqual([2])
})

test('a pull request whose commits were pushed to its base is merged by that', async () => {
  const { one, head } = await propose('topic', { 'a.txt': 'two\n' })
  await shop.maria.checkout.git('push', '-q', 'origin', `${head}:main`)
  const { data } = await shop.octokit.rest.pulls.get(one)

  expect(data).toMatchObject({ state: 'closed', merged: true, merge_commit_sha: head })
})

test('a pull request whose branch is deleted is closed', async () => {
  const { one } = await propose('topic', { 'a.txt': 'two\n' })
  await shop.octokit.rest.git.deleteRef({ ...shop.at, ref: 'heads/topic' })
  const { data } = await shop.octokit.rest.pulls.get(one)

  expect(data).toMatchObject({ state: 'closed', merged: false })
})

test('pull requests are found by head, base and state', async () => {
  await propose('first', { 'a.txt': 'two\n' })
  const second = await propose('second', { 'b.txt': 'two\n' })
  await shop.octokit.rest.pulls.update({ ...second.one, state: 'closed' })
  const found = async (of: { head?: string; base?: string; state?: 'all' }) =>
    (await shop.octokit.rest.pulls.list({ ...shop.at, ...of })).data.map(({ number }) => number)

  expect(await found({})).toEqual([1])
  expect(await found({ state: 'all' })).toEqual([2, 1])
  expect(await found({ state: 'all', head: 'acme:second' })).toEqual([2])
  expect(await found({ base: 'elsewhere' })).toEqual([])
})
