import { generateKeyPairSync } from 'node:crypto'
import { inspect } from 'node:util'

import nock from 'nock'
import { afterEach, describe, expect, test } from 'vitest'

import { githubClients, identify } from '#adapters/github/clients.ts'

import { nocked } from '../../support/nocked.ts'

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const apiUrl = 'https://github.test/api/v3'
const clients = githubClients({ appId: 7, privateKey: pem, apiUrl })
const token = 'ghs_0123456789abcdefghijABCDEFGHIJ'

let lastInstallation = 100
/** An installation of its own: limiter and tokens are kept by it. */
function someRepository() {
  lastInstallation += 1
  return { installation: lastInstallation, id: 17, owner: 'acme', name: 'shop' }
}

function tokens(installation: number, asked: object, value = token) {
  const expires = new Date(Date.now() + 3_600_000).toISOString()
  return nock(apiUrl)
    .post(`/app/installations/${installation}/access_tokens`, { ...asked })
    .matchHeader('authorization', /^bearer eyJ/)
    .reply(201, { token: value, expires_at: expires, permissions: {} })
}

nocked()
afterEach(() => {
  const pending = nock.pendingMocks()
  if (pending.length > 0) throw new Error(`never asked for: ${pending.join(', ')}`)
})

const narrowed = { repository_ids: [17], permissions: { issues: 'write' } }
const issue = { owner: 'acme', repo: 'shop', title: 'red' }

test('a client’s token is narrowed to the repository and the rights, and asked for once', async () => {
  const repository = someRepository()
  tokens(repository.installation, narrowed)
  nock(apiUrl)
    .get('/repos/acme/shop/issues/1')
    .matchHeader('authorization', `token ${token}`)
    .times(2)
    .reply(200, { number: 1 })

  for (const _ of [1, 2]) {
    const client = await clients.clientFor(repository, { issues: 'write' })
    const { data } = await client.rest.issues.get({ owner: 'acme', repo: 'shop', issue_number: 1 })
    expect(data.number).toBe(1)
  }
})

test('a token for git is for one repository by its name, and other rights are another token', async () => {
  const repository = someRepository()
  const named = (permissions: object) => ({ repositories: [repository.name], permissions })
  tokens(repository.installation, named({ contents: 'write' }))
  tokens(repository.installation, named({ contents: 'read' }), 'ghs_other')

  expect(await clients.tokenFor(repository, { contents: 'write' })).toBe(token)
  expect(await clients.tokenFor(repository, { contents: 'read' })).toBe('ghs_other')
})

test('a token that is refused is replaced once', async () => {
  const repository = someRepository()
  tokens(repository.installation, narrowed, 'ghs_revoked')
  nock(apiUrl).post('/repos/acme/shop/issues').reply(401, { message: 'Bad credentials' })
  tokens(repository.installation, narrowed)
  nock(apiUrl)
    .post('/repos/acme/shop/issues')
    .matchHeader('authorization', `token ${token}`)
    .reply(201, { number: 5 })
  const client = await clients.clientFor(repository, { issues: 'write' })

  const { data } = await client.rest.issues.create(issue)

  expect(data.number).toBe(5)
})

describe('what failed on the way', () => {
  test.each([
    ['a 502', (scope: nock.Interceptor) => scope.reply(502)],
    ['a broken connection', (scope: nock.Interceptor) => scope.replyWithError(new Error('reset'))],
  ])('is asked again when it was %s to a question', async (_what, fails) => {
    const repository = someRepository()
    tokens(repository.installation, narrowed)
    fails(nock(apiUrl).get('/repos/acme/shop/issues/1'))
    nock(apiUrl).get('/repos/acme/shop/issues/1').reply(200, { number: 1 })
    const client = await clients.clientFor(repository, { issues: 'write' })

    const { data } = await client.rest.issues.get({ owner: 'acme', repo: 'shop', issue_number: 1 })

    expect(data.number).toBe(1)
  })

  test.each([
    ['a 502', (scope: nock.Interceptor) => scope.reply(502)],
    ['a broken connection', (scope: nock.Interceptor) => scope.replyWithError(new Error('reset'))],
  ])('is not done again when it was %s to a write', async (_what, fails) => {
    const repository = someRepository()
    tokens(repository.installation, narrowed)
    fails(nock(apiUrl).post('/repos/acme/shop/issues'))
    const again = nock(apiUrl).post('/repos/acme/shop/issues').reply(201, { number: 5 })
    const client = await clients.clientFor(repository, { issues: 'write' })

    await expect(client.rest.issues.create(issue)).rejects.toBeInstanceOf(Error)

    expect(again.isDone()).toBe(false)
    nock.cleanAll()
  })
})

describe('a limit', () => {
  test.each([
    ['a secondary one', 403, 'You have exceeded a secondary rate limit.', { 'retry-after': '1' }],
    ['a secondary one, told as 429', 429, 'a secondary rate limit', { 'retry-after': '1' }],
    [
      'the hourly one',
      403,
      'API rate limit exceeded',
      {
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': String(Math.floor(Date.now() / 1000)),
      },
    ],
  ])('is waited for before a write is sent again: %s', async (...[, status, message, headers]) => {
    const repository = someRepository()
    tokens(repository.installation, narrowed)
    nock(apiUrl).post('/repos/acme/shop/issues').reply(status, { message }, headers)
    nock(apiUrl).post('/repos/acme/shop/issues').reply(201, { number: 5 })
    const client = await clients.clientFor(repository, { issues: 'write' })

    const { data } = await client.rest.issues.create(issue)

    expect(data.number).toBe(5)
  })

  test('that lasts for long ends the call, for a durable step to come back later', async () => {
    const repository = someRepository()
    tokens(repository.installation, narrowed)
    const reset = String(Math.floor(Date.now() / 1000) + 1800)
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset }
    nock(apiUrl).post('/repos/acme/shop/issues').reply(403, { message: 'API rate limit' }, headers)
    const client = await clients.clientFor(repository, { issues: 'write' })

    await expect(client.rest.issues.create(issue)).rejects.toMatchObject({ status: 403 })
  })

  test('of one installation does not keep another waiting', async () => {
    const [slow, quick] = [someRepository(), someRepository()]
    const labels = { owner: 'acme', repo: 'shop', name: 'red', color: 'ff0000' }
    tokens(slow.installation, narrowed)
    tokens(quick.installation, narrowed)
    nock(apiUrl).post('/repos/acme/shop/labels').times(22).reply(201, {})
    const [a, b] = await Promise.all(
      [slow, quick].map((one) => clients.clientFor(one, { issues: 'write' })),
    )
    const ends: string[] = []
    const write = async (client: typeof a, name: string) => {
      await client?.rest.issues.createLabel(labels)
      ends.push(name)
    }

    // One more than go at once.
    const many = Array.from({ length: 21 }, () => write(a, 'slow'))
    await Promise.all([...many, write(b, 'quick')])

    expect(ends.at(-1)).toBe('slow')
    expect(ends).toHaveLength(22)
  })
})

test('an error knows no token', async () => {
  const repository = someRepository()
  tokens(repository.installation, narrowed)
  nock(apiUrl).get('/repos/acme/shop/issues/1').reply(404, { message: 'Not Found' })
  const client = await clients.clientFor(repository, { issues: 'write' })

  const error: unknown = await client.rest.issues
    .get({ owner: 'acme', repo: 'shop', issue_number: 1 })
    .catch((thrown: unknown) => thrown)

  expect(error).toBeInstanceOf(Error)
  expect(inspect(error, { depth: 10 })).not.toContain(token)
})

test('the App learns from GitHub who it is', async () => {
  nock(apiUrl)
    .get('/app')
    .matchHeader('authorization', /^bearer eyJ/)
    .reply(200, { id: 7, slug: 'goalkeeper' })

  expect(await identify(clients.app)).toEqual({ id: 7, login: 'goalkeeper[bot]' })
})
