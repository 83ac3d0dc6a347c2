import nock from 'nock'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { githubClients, identify } from '#adapters/github/clients.ts'
import { githubNotices } from '#adapters/github/notices.ts'
import type { HostedRepository } from '#domain/hosted.ts'
import type { Hosting } from '#ports/hosting.ts'
import type { NoticeView } from '#ports/notices.ts'

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

const marker = '<!-- goalkeeper:flaky x -->'

function view(more: Partial<NoticeView> = {}): NoticeView {
  const body = `${marker}\none`
  const now = new Date()
  return {
    issue: null,
    marker,
    title: 'Flaky: adds',
    body,
    labels: ['flaky-test'],
    state: 'open',
    newsAt: now,
    ...more,
  }
}

async function issues() {
  const { data } = await shop.octokit.rest.issues.listForRepo({ ...shop.at, state: 'all' })
  return data.map(({ number, state, body }) => [number, state, body?.split('\n')[1]])
}

describe('an issue of ours', () => {
  test('is opened once, and brought up to date in place by its marker or its number', async () => {
    const issue = await hosting.notices.show(kiosk, view())
    await hosting.notices.show(kiosk, view({ body: `${marker}\ntwo` }))
    expect(await issues()).toEqual([[1, 'open', 'two']])
    await hosting.notices.show(kiosk, view({ issue, body: `${marker}\nthree` }))
    expect(await issues()).toEqual([[1, 'open', 'three']])
  })

  test('is not opened twice when the answer to the first was lost', async () => {
    loseAnswerTo(shop, 'POST /repos/{owner}/{repo}/issues')
    expect(await hosting.notices.show(kiosk, view())).toBe(1)
    expect(await issues()).toHaveLength(1)
  })

  test('closes as done, and opens again with news', async () => {
    await hosting.notices.show(kiosk, view())
    await hosting.notices.show(kiosk, view({ state: 'closed' }))
    expect(await issues()).toEqual([[1, 'closed', 'one']])
    await hosting.notices.show(kiosk, view({ newsAt: new Date(Date.now() + 60_000) }))
    expect(await issues()).toEqual([[1, 'open', 'one']])
  })

  test.each([
    ['as done, since the last news', 'completed', -60_000],
    ['as not planned, whatever comes', 'not_planned', 60_000],
  ] as const)('that somebody closed %s stays as they left it', async (_how, state_reason, ms) => {
    await hosting.notices.show(kiosk, view())
    const at = { ...shop.at, issue_number: 1 }
    await shop.maria.octokit.rest.issues.update({ ...at, state: 'closed', state_reason })
    const news = view({ body: `${marker}\nnews`, newsAt: new Date(Date.now() + ms) })
    expect(await hosting.notices.show(kiosk, news)).toBe(1)
    expect(await issues()).toEqual([[1, 'closed', 'one']])
  })

  test('with the marker of somebody else is theirs', async () => {
    const { title, body } = view()
    await shop.maria.octokit.rest.issues.create({ ...shop.at, title, body, labels: ['flaky-test'] })
    expect(await hosting.notices.show(kiosk, view())).toBe(2)
  })
})

test('a repository without issues is told nothing, and that is no failure', async () => {
  const { keeper } = shop
  const apiUrl = 'https://github.test/api/v3'
  const clients = githubClients({ appId: keeper.app.id, privateKey: keeper.privateKey, apiUrl })
  const expires = new Date(Date.now() + 3_600_000).toISOString()
  if (!nock.isActive()) nock.activate()
  nock(apiUrl)
    .post(/access_tokens$/)
    .reply(201, {
      token: 'ghs_0123456789abcdefghijABCDEFGHIJ',
      expires_at: expires,
      permissions: {},
    })
    .get('/app')
    .reply(200, { id: 1, slug: 'keeper' })
    .get(/\/issues/)
    .reply(410, { message: 'Issues has been disabled in this repository.' })
  try {
    const notices = githubNotices(clients.clientFor, () => identify(clients.app))
    expect(await notices.show(kiosk, view())).toBe(null)
  } finally {
    nock.cleanAll()
    nock.restore()
  }
})
