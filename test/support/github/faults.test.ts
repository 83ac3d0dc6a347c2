import { afterEach, beforeEach, expect, test } from 'vitest'

import { openShop, type Shop } from './shop.ts'

const route = 'POST /repos/{owner}/{repo}/issues'
let shop: Shop

beforeEach(async () => {
  shop = await openShop()
})

afterEach(async () => {
  await shop.close()
})

/** Tries to open an issue, without a client that tries again by itself. */
async function open(): Promise<Response> {
  return await fetch(`${shop.github.api}/repos/acme/kiosk/issues`, {
    method: 'POST',
    headers: { authorization: `Bearer ${shop.maria.account.token ?? ''}` },
    body: JSON.stringify({ title: 'red' }),
  })
}

function opened(): number {
  return shop.repository.issues.length
}

test('the primary limit is told with a reset and nothing left', async () => {
  shop.github.faults.add({ route, fault: { kind: 'primary-limit', resetsInSeconds: 60 } })
  const response = await open()
  const reset = Number(response.headers.get('x-ratelimit-reset')) - Date.now() / 1000

  expect(response.status).toBe(403)
  expect(response.headers.get('x-ratelimit-remaining')).toBe('0')
  expect(reset).toBeGreaterThan(50)
  expect(reset).toBeLessThan(70)
  expect(opened()).toBe(0)
})

test.for([
  [429, 7],
  [403, null],
] as const)(
  'the secondary limit is told as %s with retry-after %s',
  async ([status, retryAfterSeconds]) => {
    shop.github.faults.add({ route, fault: { kind: 'secondary-limit', status, retryAfterSeconds } })
    const response = await open()

    expect(response.status).toBe(status)
    expect(response.headers.get('retry-after')).toBe(retryAfterSeconds === null ? null : '7')
    expect(await response.text()).toContain('secondary rate limit')
    expect(opened()).toBe(0)
  },
)

test.for([
  ['done', 1],
  ['not-done', 0],
] as const)('a server error leaves the effect %s', async ([effect, count]) => {
  shop.github.faults.add({ route, fault: { kind: 'server-error', status: 502, effect } })

  expect((await open()).status).toBe(502)
  expect(opened()).toBe(count)
})

test.for([
  ['done', 1],
  ['not-done', 0],
] as const)('a connection that is reset leaves the effect %s', async ([effect, count]) => {
  shop.github.faults.add({ route, fault: { kind: 'connection-reset', effect } })

  await expect(open()).rejects.toThrow('fetch failed')
  expect(opened()).toBe(count)
})

test('somebody can be faster', async () => {
  await shop.maria.checkout.push('topic', { 'a.txt': 'a\n' }, shop.first)
  const asked = { ...shop.at, head: 'topic', base: 'main', title: 'x' }
  const { data } = await shop.octokit.rest.pulls.create(asked)
  const act = async (): Promise<void> => {
    await shop.maria.checkout.push('topic', { 'a.txt': 'b\n' })
  }
  const merging = 'PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge'
  shop.github.faults.add({ route: merging, fault: { kind: 'meanwhile', act }, times: 1 })
  const one = { ...shop.at, pull_number: data.number, sha: data.head.sha }

  await expect(shop.octokit.rest.pulls.merge(one)).rejects.toMatchObject({ status: 409 })
})

test('an answer can be slow', async () => {
  shop.github.faults.add({ route, fault: { kind: 'slow', milliseconds: 300 } })
  const start = performance.now()
  const { status } = await open()

  expect(status).toBe(201)
  expect(performance.now() - start).toBeGreaterThan(290)
})

test('a fault meets the requests it is meant for, and no others', async () => {
  const fault = { kind: 'server-error', status: 503, effect: 'not-done' } as const
  shop.github.faults.add({ route, fault, after: 1, times: 2 })
  const statuses = [await open(), await open(), await open(), await open()].map((one) => one.status)
  const other = await shop.octokit.rest.issues.listForRepo(shop.at)
  shop.github.faults.add({ route: '*', fault })
  shop.github.faults.clear()

  expect(statuses).toEqual([201, 503, 503, 201])
  expect(other.status).toBe(200)
  expect((await open()).status).toBe(201)
})

test('every request is counted by its route', async () => {
  await open()
  await shop.octokit.rest.issues.listForRepo(shop.at)
  const routes = shop.github.served.map(({ route: of, status }) => `${status} ${of}`)

  expect(routes).toContain(`201 ${route}`)
  expect(routes).toContain('200 GET /repos/{owner}/{repo}/issues')
})
