import { createHmac, generateKeyPairSync, randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { openProbot, type Receiver } from '#adapters/intake/open-probot.ts'
import { routesOf } from '#adapters/intake/routes.ts'
import { type RunningServer, startServer } from '#adapters/intake/server.ts'
import type { NewDelivery } from '#ports/inbox.ts'

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const webhookSecret = 'a secret that only these tests know'
let receiver: Receiver
let server: RunningServer
let stored: NewDelivery[]
let store: (delivery: NewDelivery) => Promise<void>
let because: string | null

beforeEach(async () => {
  stored = []
  because = null
  store = async (delivery) => void stored.push(delivery)
  receiver = await openProbot({
    appId: 7,
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    webhookSecret,
    apiUrl: 'http://127.0.0.1:9',
  })
  const door = {
    verify: (body: string, signature: string) => receiver.verify(body, signature),
    needless: (name: string, payload: () => unknown) =>
      name === 'star' ? 'nobody cares' : payload() === 'never' ? 'never' : null,
    store: (delivery: NewDelivery) => store(delivery),
  }
  const routes = routesOf(door, () => Promise.resolve(because))
  server = await startServer({ host: '127.0.0.1', port: 0, routes })
})
afterEach(() => server.stop())

const signed = (body: string | Buffer, secret = webhookSecret) =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`

function deliver(body: string, headers: Record<string, string> = {}) {
  return fetch(`${server.url}/api/github/webhooks`, {
    method: 'POST',
    body,
    headers: {
      'x-github-delivery': randomUUID(),
      'x-github-event': 'push',
      'x-hub-signature-256': signed(body),
      ...headers,
    },
  })
}

describe('a delivery', () => {
  test('is stored to the letter before it is answered', async () => {
    const id = randomUUID()
    const body = '{ "ref" : "ü\\u0000" }'

    expect((await deliver(body, { 'x-github-delivery': id })).status).toBe(202)

    expect(stored).toEqual([{ id, name: 'push', payload: body }])
  })

  test.each([
    ['signed with another secret', { 'x-hub-signature-256': signed('{}', 'development') }],
    ['signed for another body', { 'x-hub-signature-256': signed('{ }') }],
    ['not signed', { 'x-hub-signature-256': '' }],
    ['signed with SHA-1 only', { 'x-hub-signature-256': '', 'x-hub-signature': 'sha1=00' }],
    ['signed by nobody', { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` }],
    ['without its id', { 'x-github-delivery': '' }],
    ['with an id that is none', { 'x-github-delivery': 'a b' }],
    ['with a name that is none', { 'x-github-event': '../push' }],
  ])('is refused and forgotten when it comes %s', async (_how, headers) => {
    expect((await deliver('{}', headers)).status).toBe(400)
    expect(stored).toEqual([])
  })

  test('is refused when it is no JSON, which a form is not', async () => {
    const answer = await deliver('payload=%7B%7D')

    expect(answer.status).toBe(400)
    expect(await answer.text()).toContain('content type')
  })

  test('that nobody needs is answered and not stored', async () => {
    expect((await deliver('not even JSON', { 'x-github-event': 'star' })).status).toBe(202)
    expect((await deliver('"never"')).status).toBe(202)
    expect(stored).toEqual([])
  })

  test('is answered 503 within a second when the database does not answer', async () => {
    store = () => sleep(5000, undefined, { ref: false })
    const start = performance.now()

    expect((await deliver('{}')).status).toBe(503)

    expect(performance.now() - start).toBeLessThan(1000)
  })

  test('is answered 503 when the database fails, and the reason stays here', async () => {
    store = () => Promise.reject(new Error('password=hunter2'))

    const answer = await deliver('{}')

    expect(answer.status).toBe(503)
    expect(await answer.text()).not.toContain('hunter2')
  })
})

/** What a server answers to bytes as they are, whatever they announce. */
function raw(...parts: (string | Buffer)[]): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
    let answer = ''
    socket.on('data', (chunk) => (answer += chunk.toString()))
    socket.on('error', () => resolve(answer))
    socket.on('close', () => resolve(answer))
    for (const part of parts) socket.write(part)
  })
}

const head = [
  'POST /api/github/webhooks HTTP/1.1',
  'Host: x',
  `X-GitHub-Delivery: ${randomUUID()}`,
  'X-GitHub-Event: push',
  `X-Hub-Signature-256: sha256=${'0'.repeat(64)}`,
]

describe('a body that is too large', () => {
  test('is refused by what it announces, before it is sent', async () => {
    const answer = await raw([...head, 'Content-Length: 30000000', '', ''].join('\r\n'))

    expect(answer).toMatch(/^HTTP\/1\.1 413 /)
  })

  test('is refused as soon as it is, when it announces nothing', async () => {
    const chunk = Buffer.alloc(1024 * 1024, 'x')
    const chunks = Array.from({ length: 26 }, () => [
      `${chunk.length.toString(16)}\r\n`,
      chunk,
      '\r\n',
    ])

    const answer = await raw(
      [...head, 'Transfer-Encoding: chunked', '', ''].join('\r\n'),
      ...chunks.flat(),
    )

    expect(answer).toMatch(/^HTTP\/1\.1 413 /)
  })

  test('does not keep the next delivery out', async () => {
    await raw([...head, 'Content-Length: 30000000', '', ''].join('\r\n'))

    expect((await deliver('{}')).status).toBe(202)
  })
})

describe('anything else', () => {
  test.each([
    ['GET', '/api/github/webhooks', 405],
    ['POST', '/health', 405],
    ['GET', '/', 404],
    ['POST', '/probot/import', 404],
    ['GET', '/health?now', 200],
    ['GET', '/ready', 200],
  ])('%s %s is answered %i', async (method, path, status) => {
    const answer = await fetch(`${server.url}${path}`, { method })

    expect(answer.status).toBe(status)
    expect(answer.headers.has('allow')).toBe(status === 405)
  })

  test('is told why the service is not ready, while it lives', async () => {
    because = 'The database does not answer.'
    const [ready, health] = await Promise.all(
      ['/ready', '/health'].map((path) => fetch(server.url + path)),
    )

    expect(ready?.status).toBe(503)
    expect(await ready?.json()).toEqual({ ready: false, because })
    expect(health?.status).toBe(200)
  })
})

test('a server that stops answers what it has begun', async () => {
  const { promise, resolve } = Promise.withResolvers<undefined>()
  store = () => promise
  const answer = deliver('{}')
  await sleep(100)
  const stopping = server.stop()
  resolve(undefined)

  expect((await answer).status).toBe(202)
  await stopping
})
