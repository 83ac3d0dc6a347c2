import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { type GitHubClients, githubClients } from '#adapters/github/clients.ts'
import { githubHosting } from '#adapters/github/hosting.ts'
import { remembering } from '#adapters/github/remembered.ts'
import type { HostedRepository } from '#domain/hosted.ts'
import type { Hosting } from '#ports/hosting.ts'

import { openShop, type Shop } from '../../support/github/shop.ts'
import { openPullFrom, robotOf } from '../../support/missed-checks.ts'

let shop: Shop
let clients: GitHubClients
let hosting: Hosting
let kiosk: HostedRepository

beforeAll(async () => {
  shop = await openShop()
  const { keeper, github, repository, installation } = shop
  const us = { id: keeper.app.id, login: 'keeper[bot]' }
  const credentials = { appId: keeper.app.id, privateKey: keeper.privateKey, apiUrl: github.api }
  clients = githubClients(credentials)
  hosting = githubHosting(clients.clientFor, async () => us)
  kiosk = { installation: installation.id, id: repository.id, owner: 'acme', name: 'kiosk' }
})

afterAll(() => shop.close())

test('who waits for checks asks again and again, and uses the hourly limit up once', async () => {
  const sha = await openPullFrom(shop, 'topic')
  const look = async (): Promise<string> => {
    await hosting.pullRequests.look(kiosk, 1)
    await hosting.branches.tip(kiosk, 'topic')
    return (await hosting.checkRuns.verdict(kiosk, sha)).kind
  }
  await look()
  const before = shop.github.served.length

  for (const _ of Array.from({ length: 5 })) expect(await look()).toBe('none')
  const statuses = shop.github.served.slice(before).map(({ status }) => status)
  await robotOf(shop).rest.repos.createCommitStatus({
    ...shop.at,
    sha,
    state: 'success',
    context: 'ci',
  })

  expect(statuses.length).toBeGreaterThanOrEqual(20)
  expect(statuses.filter((status) => status !== 304)).toEqual([])
  expect(await look()).toBe('green')
})

test('what has not changed does not count, and every page of it comes again', async () => {
  const client = await clients.clientFor(kiosk, { contents: 'read' })
  for (const name of ['a', 'b', 'c']) await shop.maria.checkout.push(name, { name }, shop.first)
  const remaining = async () => (await client.rest.rateLimit.get()).data.rate.remaining
  const names = async () => {
    const pages = { ...shop.at, per_page: 2 }
    return (await client.paginate(client.rest.repos.listBranches, pages)).map(({ name }) => name)
  }
  const first = await names()
  const before = await remaining()

  expect([await names(), await names()]).toEqual([first, first])
  expect(first.length).toBeGreaterThan(2)
  expect(await remaining()).toBe(before)
})

describe('an answer', () => {
  const asked: (string | null)[] = []
  const ask = remembering(async (url, init) => {
    const mark = new Headers(init.headers).get('if-none-match')
    asked.push(mark)
    if (mark !== null) return new Response(null, { status: 304 })
    return Response.json('x'.repeat(60), { headers: { etag: `of ${String(url)}` } })
  }, 150)
  const get = (url: string, authorization = 'token a') =>
    ask(url, { method: 'GET', headers: { authorization } })

  test.each([
    ['is the first one to somebody else', ['1', '1'], ['token a', 'token b'], [null, null]],
    ['is asked after by its mark', ['2', '2'], ['token a', 'token a'], [null, 'of 2']],
    [
      'that was not asked for longest is forgotten',
      ['3', '4', '3', '5', '3', '4'],
      [],
      [null, null, 'of 3', null, 'of 3', null],
    ],
  ])('%s', async (...[, urls, tokens, marks]) => {
    asked.length = 0
    for (const [at, url] of urls.entries()) {
      const answer = await get(url, tokens[at])
      expect([answer.status, await answer.json()]).toEqual([200, 'x'.repeat(60)])
    }
    expect(asked).toEqual(marks)
  })
})
