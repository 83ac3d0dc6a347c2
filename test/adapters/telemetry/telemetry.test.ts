import { createServer } from 'node:http'

import type { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { openTelemetry } from '#adapters/postgres/open-reports.ts'
import { openRunStore } from '#adapters/postgres/open-store.ts'
import { openPool } from '#adapters/postgres/pool.ts'
import { serveMetrics } from '#adapters/telemetry/metrics.ts'
import { otlpSender } from '#adapters/telemetry/otlp.ts'
import type { RunStore } from '#ports/run-store.ts'

import { sendTraces } from '../../../src/app-telemetry.ts'
import { databases } from '../../support/databases.ts'
import { recordedRun } from '../../support/recorded-run.ts'

const taskId = '0190a1b2-0000-7000-8000-000000000001'
const traceId = '0190a1b2000070008000000000000001'

interface Span {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly name: string
  readonly status: { readonly code: number }
}

/** An OTLP receiver on loopback; it answers with the next of the statuses, then with 200. */
async function receiver(...statuses: number[]) {
  const spans: Span[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      const status = statuses.shift() ?? 200
      if (status === 200 && request.url === '/v1/traces')
        for (const { scopeSpans } of JSON.parse(body).resourceSpans)
          for (const scope of scopeSpans) spans.push(...scope.spans)
      response.writeHead(status, { 'content-type': 'application/json' }).end('{}')
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve())
  })
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { url: `http://127.0.0.1:${port}`, spans, close }
}

describe.each(databases.slice(0, 1))('on %s', (_name, open) => {
  let pool: Pool
  let store: RunStore
  let close: () => Promise<void>
  const clock = { now: () => new Date('2026-11-21T01:00:00.000Z') }
  const lines: string[] = []

  beforeAll(async () => {
    const opened = await open()
    pool = openPool(opened.url, 4)
    close = () => pool.end().then(() => opened.close())
    store = await openRunStore(pool)
    const deploy = {
      ...recordedRun,
      id: 'run_20261121-030000-0a1b2c3e',
      workflow: 'deploy',
      outcome: 'failure' as const,
      reason: 'build-failed' as const,
      startedAt: '2026-11-21T03:00:00.000Z',
      finishedAt: '2026-11-21T03:02:00.000Z',
    }
    for (const run of [
      { ...recordedRun, taskId },
      { ...deploy, taskId },
    ]) {
      await store.saveRun(run)
      await store.saveAttempt({
        runId: run.id,
        phase: 'work',
        step: 'do',
        number: 1,
        state: run.reason === null ? 'succeeded' : 'failed',
        reason: run.reason,
        detail: null,
        startedAt: run.startedAt,
        finishedAt: run.finishedAt,
      })
    }
    await store.saveTask({
      id: taskId,
      kind: 'fix_bugs',
      title: 'types',
      priority: 5,
      severity: 'low',
      filePaths: [],
    })
    const data = { kind: 'delivered', branch: 'auto-fix/1' } as const
    await store.append({ runId: recordedRun.id, key: 'd', type: 'fix-delivered', data })
    await pool.query(
      `insert into goalkeeper.inbox (delivery_id, name, state, reason, received_at, settled_at)
       values ('d-1', 'check_run', 'done', $1, $2, $3)`,
      [`Started ${recordedRun.id}.`, '2026-11-21T01:59:59Z', '2026-11-21T02:00:00Z'],
    )
  })
  afterAll(() => close())

  const tracing = () => ({
    ...openTelemetry(pool, store),
    clock,
    tell: (line: string) => void lines.push(line),
  })
  const again = () =>
    pool.query(`update goalkeeper.bookmarks set begun_at = begun_at - interval '1 hour'`)

  test('a repair and its deploy are one trace, from the webhook on, and told once more where the collector failed', async () => {
    const heard = await receiver(400)
    const sender = otlpSender(heard.url)
    await sendTraces(tracing(), sender)
    expect(heard.spans).toEqual([])
    await again()
    await expect(sendTraces(tracing(), sender)).rejects.toBeInstanceOf(Error)
    await again()
    await sendTraces(tracing(), sender)
    await again()
    await sendTraces(tracing(), sender)
    const { spans } = heard
    expect(new Set(spans.map((span) => span.traceId))).toEqual(new Set([traceId]))
    expect(spans.map(({ name }) => name)).toEqual([
      'webhook check_run',
      'auto-fix',
      'work',
      'do',
      'deploy',
      'work',
      'do',
    ])
    const [webhook, fix, phase, step, deploy] = spans
    expect([fix, deploy].map((span) => span?.parentSpanId)).toEqual([
      webhook?.spanId,
      webhook?.spanId,
    ])
    expect([phase?.parentSpanId, step?.parentSpanId]).toEqual([fix?.spanId, phase?.spanId])
    expect([fix, deploy].map((span) => span?.status.code)).toEqual([0, 2])
    await sender.stop()
    await heard.close()
  })

  test('Prometheus gets counts with words of ours for labels, and nothing else is served', async () => {
    const { tallies } = openTelemetry(pool, store)
    const served = await serveMetrics({ tallies, host: '127.0.0.1', port: 0 })
    const at = `http://127.0.0.1:${served.port}`
    const text = await (await fetch(`${at}/metrics`)).text()
    expect(text).toContain(
      'goalkeeper_runs{workflow="deploy",state="finished",outcome="failure"} 1',
    )
    expect(text).toContain('goalkeeper_tasks{end="mended"} 1')
    expect(text).toContain('goalkeeper_deliveries{state="done"} 1')
    expect(text).toContain('process_cpu_seconds_total')
    expect(text).not.toMatch(/repository=|environment=|shop|run_/)
    expect((await fetch(`${at}/other`)).status).toBe(404)
    await served.stop()
  })

  test('where the database is away Prometheus is told so', async () => {
    const tallies = { count: () => Promise.reject(new Error('away')) }
    const served = await serveMetrics({ tallies, host: '127.0.0.1', port: 0 })
    expect((await fetch(`http://127.0.0.1:${served.port}/metrics`)).status).toBe(503)
    await served.stop()
  })
})
