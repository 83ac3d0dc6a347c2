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
    loseAnswerTo(shop, 'POST /repos/{owner}/{repo}/pulls')
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
    await hosting.pullRequests.supersede(kiosk, { number, left: null }, 99)
    expect(await hosting.pullRequests.ours(kiosk)).toMatchObject([{ number, state: 'closed' }])
  })

  test('is brought up to date as the draft that it is, and closed without a word', async () => {
    const { number, headSha } = await hosting.pullRequests.open(kiosk, wanted)
    await hosting.pullRequests.advance(kiosk, number, { body: 'round 2', labels: ['y'] })
    expect(await pulls()).toEqual([[true, 'round 2', ['x', 'y']]])

    await hosting.pullRequests.close(kiosk, { number, left: null })
    expect(await hosting.pullRequests.look(kiosk, number)).toMatchObject({
      number,
      headSha,
      state: 'closed',
    })
  })

  test('is not opened a second time for its branch when somebody closed it', async () => {
    const { number } = await hosting.pullRequests.open(kiosk, wanted)
    await hosting.pullRequests.close(kiosk, { number, left: null })
    expect(await hosting.pullRequests.open(kiosk, wanted)).toMatchObject({
      number,
      state: 'closed',
    })
  })

  test('is merged once it is ready, as the commit that is named and as no other', async () => {
    const { number, headSha } = await hosting.pullRequests.open(kiosk, wanted)
    const { landings } = hosting
    expect(await landings.look(kiosk, number)).toMatchObject({ isDraft: true, branch: 'unknown' })
    expect(await landings.merge(kiosk, number, headSha)).toMatchObject({ kind: 'refused' })
    await hosting.pullRequests.markReady(kiosk, number)
    expect(await landings.look(kiosk, number)).toMatchObject({ isDraft: false, branch: 'takes' })
    expect(await landings.merge(kiosk, number, shop.first)).toMatchObject({ kind: 'refused' })
    expect(await landings.merge(kiosk, number, headSha)).toEqual({ kind: 'merged' })
    expect(await landings.look(kiosk, number)).toMatchObject({ state: 'merged', headSha })
  })

  test('is found by the commit at its head', async () => {
    const { number, headSha } = await hosting.pullRequests.open(kiosk, wanted)
    const head = { number, sha: headSha, branch: 'auto-fix/1', base: 'main', isFork: false }
    expect(await hosting.pullRequests.atHead(kiosk, headSha)).toEqual(head)
    expect(await hosting.pullRequests.head(kiosk, number)).toEqual(head)
    expect(await hosting.pullRequests.atHead(kiosk, shop.first)).toBeNull()
  })
})
