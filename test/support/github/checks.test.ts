import type { Octokit } from '@octokit/rest'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { type Mailbox, openMailbox } from './mailbox.ts'
import { clientOf, openShop, type Shop } from './shop.ts'

let shop: Shop
let mailbox: Mailbox

beforeEach(async () => {
  mailbox = await openMailbox()
  const webhook = { url: mailbox.url, secret: 'a secret' }
  shop = await openShop({ webhook, events: ['check_run', 'check_suite'] })
})

afterEach(async () => {
  await shop.close()
  await mailbox.close()
})

/** A client of another app that is installed at the same place, without a webhook. */
function neighbour(): Octokit {
  const { app, privateKey } = shop.github.app({
    slug: 'neighbour',
    permissions: { checks: 'write' },
  })
  const installation = shop.github.install(app, shop.acme)
  return clientOf(shop.github, { app, privateKey }, installation)
}

async function create(name: string, of: { conclusion?: 'success' | 'failure' | 'skipped' } = {}) {
  const asked = { ...shop.at, name, head_sha: shop.first, ...of }
  return (await shop.octokit.rest.checks.create(asked)).data
}

function annotations(count: number) {
  const level = { annotation_level: 'warning' } as const
  const lines = Array.from({ length: count }, (_, index) => index + 1)
  return lines.map((line) => ({
    ...level,
    path: 'a',
    start_line: line,
    end_line: line,
    message: 'm',
  }))
}

function output(count: number) {
  return { title: 't', summary: 's', annotations: annotations(count) }
}

test('annotations come fifty at a time and add up', async () => {
  const { id } = await create('keeper')
  const one = { ...shop.at, check_run_id: id }
  await shop.octokit.rest.checks.update({ ...one, output: output(50) })
  const { data } = await shop.octokit.rest.checks.update({ ...one, output: output(10) })
  const all = await shop.octokit.paginate(shop.octokit.rest.checks.listAnnotations, one)

  expect(data.output.annotations_count).toBe(60)
  expect(all).toHaveLength(60)
  const more = shop.octokit.rest.checks.update({ ...one, output: output(51) })
  await expect(more).rejects.toMatchObject({ status: 422 })
  expect(shop.github.takeDeviations()).toMatchObject([{ side: 'request' }])
})

test('a check run is completed by its conclusion, and told once', async () => {
  const { id } = await create('keeper')
  const one = { ...shop.at, check_run_id: id, conclusion: 'failure' } as const
  const { data } = await shop.octokit.rest.checks.update(one)
  await shop.octokit.rest.checks.update({ ...one, output: { title: 't', summary: 's' } })
  await shop.github.settled()

  expect(data).toMatchObject({
    status: 'completed',
    conclusion: 'failure',
    app: { slug: 'keeper' },
  })
  expect(data.completed_at).not.toBeNull()
  expect(mailbox.named('check_run.created')).toHaveLength(1)
  expect(mailbox.named('check_run.completed')).toHaveLength(1)
})

test('a check run is changed only by the app that made it', async () => {
  const { id } = await create('keeper')
  const other = neighbour().rest.checks.update({ ...shop.at, check_run_id: id, name: 'mine' })

  await expect(other).rejects.toMatchObject({ status: 403 })
})

test('people do not make check runs', async () => {
  const { checks } = shop.maria.octokit.rest
  const asked = { ...shop.at, name: 'mine', head_sha: shop.first }

  await expect(checks.create(asked)).rejects.toMatchObject({ status: 403 })
})

test('a check run of a commit that is not there is refused', async () => {
  const asked = { ...shop.at, name: 'keeper', head_sha: 'a'.repeat(40) }

  await expect(shop.octokit.rest.checks.create(asked)).rejects.toMatchObject({ status: 422 })
})

test('of two runs with one name the younger counts, for the list and for the suite', async () => {
  await create('types', { conclusion: 'failure' })
  await create('style', { conclusion: 'skipped' })
  const { id, check_suite } = await create('types', { conclusion: 'success' })
  const asked = { ...shop.at, ref: shop.first }
  const { data: latest } = await shop.octokit.rest.checks.listForRef(asked)
  const { data: all } = await shop.octokit.rest.checks.listForRef({ ...asked, filter: 'all' })
  const suite = { ...shop.at, check_suite_id: check_suite?.id ?? 0 }

  expect(latest.check_runs.map((run) => run.id)).toContain(id)
  expect([latest.total_count, all.total_count]).toEqual([2, 3])
  expect((await shop.octokit.rest.checks.getSuite(suite)).data.conclusion).toBe('success')
})

test('a suite is told as completed when its last run is', async () => {
  const { id } = await create('types')
  await create('style', { conclusion: 'failure' })
  await shop.github.settled()
  const before = mailbox.named('check_suite.completed').length
  const one = { ...shop.at, check_run_id: id, conclusion: 'success' } as const
  await shop.octokit.rest.checks.update(one)
  await shop.github.settled()
  const [letter] = mailbox.named('check_suite.completed')

  expect(before).toBe(0)
  expect(JSON.parse(letter?.body ?? '{}')).toMatchObject({ check_suite: { conclusion: 'failure' } })
})

test('only the app that made a check run is asked to run it again', async () => {
  const theirs = await neighbour().rest.checks.create({
    ...shop.at,
    name: 'theirs',
    head_sha: shop.first,
  })
  const ours = await create('ours')
  for (const check_run_id of [theirs.data.id, ours.id])
    await shop.maria.octokit.rest.checks.rerequestRun({ ...shop.at, check_run_id })
  await shop.github.settled()

  expect(mailbox.named('check_run.created')).toHaveLength(2)
  expect(mailbox.named('check_run.rerequested').map(({ body }) => body.includes('"ours"'))).toEqual(
    [true],
  )
})

test('a push opens a suite for every app that may write checks', async () => {
  const head = await shop.maria.checkout.push('topic', { 'a.txt': 'a\n' })
  const { data } = await shop.octokit.rest.checks.listSuitesForRef({ ...shop.at, ref: 'topic' })
  await shop.github.settled()

  expect(data.check_suites).toMatchObject([{ app: { slug: 'keeper' }, head_sha: head }])
  expect(mailbox.named('check_suite.requested')).toHaveLength(1)
})
