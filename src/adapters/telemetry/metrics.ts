import { createServer } from 'node:http'

import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'

import type { Tallies, Tally } from '#ports/telemetry.ts'

interface Serving {
  readonly tallies: Tallies
  readonly host: string
  /** 0 takes a free one. */
  readonly port: number
}

const help: Readonly<Record<Tally['name'], readonly [help: string, labels: readonly string[]]>> = {
  runs: ['Runs on record.', ['workflow', 'state', 'outcome']],
  tasks: ['Tasks to repair something, and whether a fix was left behind (S2-27).', ['end']],
  deployments: ['Deploys on record.', ['state']],
  decisions: ['What people decided about deploys.', ['verdict']],
  deliveries: ['Webhooks that are kept.', ['state']],
  news: ['What is told by Slack, mail and webhook.', ['channel', 'state']],
}

/**
 * Serves `/metrics` for Prometheus on a port of its own, so that whoever reaches the webhooks does not reach it. Counted
 * in the database when it is asked for: all processes say the same, and a restart winds nothing back.
 */
export async function serveMetrics(
  of: Serving,
): Promise<{ readonly port: number; stop(): Promise<void> }> {
  const book = bookOf()
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') {
      response.writeHead(404).end()
      return
    }
    const type = { 'content-type': book.registry.contentType }
    pageOf(book, of.tallies).then(
      (text) => response.writeHead(200, type).end(text),
      () => response.writeHead(503).end(),
    )
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(of.port, of.host, () => resolve())
  })
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : of.port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

interface Book {
  readonly registry: Registry
  readonly set: (tallies: readonly Tally[]) => void
}

function bookOf(): Book {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const gauges = new Map<string, Gauge>()
  for (const [name, [words, labelNames]] of Object.entries(help))
    gauges.set(
      name,
      new Gauge({ name: `goalkeeper_${name}`, help: words, labelNames, registers: [registry] }),
    )
  return {
    registry,
    set(tallies) {
      for (const gauge of gauges.values()) gauge.reset()
      for (const { name, labels, count } of tallies) gauges.get(name)?.set({ ...labels }, count)
    },
  }
}

/** What Prometheus reads. Throws where the database does not answer. */
async function pageOf({ registry, set }: Book, tallies: Tallies): Promise<string> {
  set(await tallies.count())
  return await registry.metrics()
}
