import { createServer, type Server } from 'node:http'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { askingOf } from '#adapters/watch/asked.ts'
import { httpMetrics } from '#adapters/watch/metrics.ts'
import { httpProbes } from '#adapters/watch/probes.ts'
import { probe } from '#domain/deploy.ts'

let server: Server
let url: string
const asked: string[] = []
/** Path → what it answers, with a status of 200 unless it is a number. */
const answers: Record<string, string | number> = {}

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url ?? '')
    const answer = answers[(request.url ?? '').split('?')[0] ?? ''] ?? 404
    response.statusCode = typeof answer === 'number' ? answer : 200
    if (answer === 302) response.setHeader('location', '/health')
    response.end(typeof answer === 'number' ? '' : answer)
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
})
afterAll(() => void server.close())

const ask = askingOf(['127.0.0.1'])
const window = { from: new Date('2026-11-29T10:00:00Z'), to: new Date('2026-11-29T10:05:00Z') }

const of = (path: string) => probe.parse({ url: `${url}${path}` })
const json = () => ({ json: `${url}/counts?from={from}&to={to}` })
const prometheus = () => ({
  prometheus: url,
  errors: 'errors[{window}]',
  requests: 'requests[{window}]',
})

/** Prometheus's answer to an instant query. */
function vector(...values: readonly string[]): string {
  const result = values.map((value) => ({ metric: {}, value: [1, value] }))
  return JSON.stringify({ status: 'success', data: { resultType: 'vector', result } })
}

describe('a probe', () => {
  const probes = httpProbes(ask, 1)

  test('is asked once where the answer is good', async () => {
    answers['/health'] = '{"ok":true}'
    const found = await probes.ask(of('/health'), () => true)
    expect(found).toMatchObject([{ status: 200, body: { ok: true } }])
  })

  test.each([
    ['/500', 500],
    ['/302', 302],
  ])(
    'is asked three times where the answer is bad, and follows nothing: %s',
    async (path, status) => {
      answers[path] = status
      const found = await probes.ask(of(path), (one) => one.status === 200)
      expect(found.map((one) => one.status)).toEqual([status, status, status])
    },
  )

  test('has no answer where nobody listens or where it may not ask', async () => {
    const nowhere = probe.parse({ url: 'http://127.0.0.1:9/' })
    expect(await probes.ask(nowhere, () => false)).toMatchObject([
      { status: null },
      { status: null },
      { status: null },
    ])
    const others = httpProbes(askingOf(['example.com']), 1)
    const [first] = await others.ask(of('/health'), () => true)
    expect(first).toMatchObject({ status: null, detail: expect.stringContaining('WATCH_HOSTS') })
  })
})

describe('errors', () => {
  const { count } = httpMetrics(ask, null)

  test('are counted by a document of JSON, between two times', async () => {
    answers['/counts'] = '{"errors":3,"requests":200}'
    expect(await count(json(), window)).toEqual({ errors: 3, requests: 200 })
    expect(asked.at(-1)).toBe(
      '/counts?from=2026-11-29T10%3A00%3A00.000Z&to=2026-11-29T10%3A05%3A00.000Z',
    )
  })

  test.each(['{}', '{"errors":-1,"requests":2}', 'no', 500, 404])(
    'are unknown, and not none, by %j',
    async (answer) => {
      answers['/counts'] = answer
      expect(await count(json(), window)).toBeNull()
    },
  )

  test('are the sum of what Prometheus answers at the end of the window', async () => {
    answers['/api/v1/query'] = vector('100.4', '20')
    expect(await count(prometheus(), window)).toEqual({ errors: 120, requests: 120 })
    expect(asked.at(-1)).toContain(`query=${encodeURIComponent('errors[300s]')}&time=1795946700`)
  })

  test.each([[vector()], [vector('NaN')], ['{"status":"error"}']])(
    'are unknown where Prometheus says %s',
    async (answer) => {
      answers['/api/v1/query'] = answer
      expect(await count(prometheus(), window)).toBeNull()
    },
  )
})
