import { createServer, type Server } from 'node:http'

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { askingOf } from '#adapters/watch/asked.ts'
import { httpMetrics } from '#adapters/watch/metrics.ts'
import { sentryCounts } from '#adapters/watch/sentry.ts'

type Answer = string | number

let server: Server
let url: string
let asked: { readonly address: URL; readonly token: string | undefined }[]
/** Dataset → what is answered, as text with a status of 200 or as another status. */
let answers: Readonly<Record<string, Answer>>

beforeAll(async () => {
  server = createServer((request, response) => {
    const address = new URL(request.url ?? '', url)
    asked.push({ address, token: request.headers.authorization })
    const answer = answers[address.searchParams.get('dataset') ?? ''] ?? 404
    response.writeHead(typeof answer === 'number' ? answer : 200).end(String(answer))
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
})
afterAll(() => void server.close())
beforeEach(() => {
  asked = []
})

const window = { from: new Date('2026-11-29T10:00:00Z'), to: new Date('2026-11-29T10:05:00Z') }
const question = { sentry: 'acme', project: 4501, environment: 'production', query: 'level:error' }

const count = (projects: readonly string[] = ['acme/4501']) =>
  httpMetrics(askingOf([]), sentryCounts({ url, token: 'token-of-sentry', projects })).count(
    question,
    window,
  )

/** Sentry's table with one cell. */
const table = (number: number) =>
  JSON.stringify({ data: [{ 'count()': number }], meta: { fields: { 'count()': 'integer' } } })

test('errors and transactions of the window are asked for, of one project and environment', async () => {
  answers = { errors: table(3), spans: table(1200) }
  expect(await count()).toEqual({ errors: 3, requests: 1200 })

  const same = {
    field: 'count()',
    project: '4501',
    environment: 'production',
    start: '2026-11-29T10:00:00.000Z',
    end: '2026-11-29T10:05:00.000Z',
  }
  expect(asked.map(({ address }) => Object.fromEntries(address.searchParams))).toEqual([
    { ...same, dataset: 'spans', query: 'is_transaction:true' },
    { ...same, dataset: 'errors', query: 'level:error' },
  ])
  expect(asked[0]?.address.pathname).toBe('/api/0/organizations/acme/events/')
  expect(new Set(asked.map(({ token }) => token))).toEqual(new Set(['Bearer token-of-sentry']))
})

test.each([
  ['more errors than requests are as many', table(9), table(4), { errors: 4, requests: 4 }],
  ['what Sentry extrapolates is rounded', table(1), table(99.6), { errors: 1, requests: 100 }],
  ['no error is none where there are requests', table(0), table(50), { errors: 0, requests: 50 }],
])('%s', async (...[, errors, spans, counts]) => {
  answers = { errors, spans }
  expect(await count()).toEqual(counts)
})

describe('nothing is counted, and never a zero,', () => {
  test.each<[string, Answer, Answer]>([
    ['where Sentry refuses the token', 401, 401],
    ['behind a limit', 429, table(10)],
    ['where it fails', table(1), 500],
    ['where its answer has no row', table(1), '{"data":[]}'],
    ['where its answer is no table', '<html>', table(10)],
    ['where there is no count', '{"data":[{}]}', table(10)],
    ['where a count is below zero', table(-1), table(10)],
  ])('%s', async (...[, errors, spans]) => {
    answers = { errors, spans }
    expect(await count()).toBeNull()
  })

  test('of a project that nobody let repositories count, and it is not even asked', async () => {
    answers = { errors: table(0), spans: table(9) }
    expect(await count(['acme/4502', 'other/4501'])).toBeNull()
    expect(asked).toEqual([])
    expect(await count(['*'])).toEqual({ errors: 0, requests: 9 })
  })

  test('where no Sentry is set', async () => {
    expect(await httpMetrics(askingOf([]), null).count(question, window)).toBeNull()
  })
})
