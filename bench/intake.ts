import { createHmac, generateKeyPairSync, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, createServer, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'

import { createNodeMiddleware } from 'probot'

import { gathered } from '#adapters/intake/gather.ts'
import { openProbot } from '#adapters/intake/open-probot.ts'
import { routesOf, webhookPath } from '#adapters/intake/routes.ts'
import { startServer } from '#adapters/intake/server.ts'
import { openDatabase } from '#adapters/postgres/database.ts'
import { openInbox } from '#adapters/postgres/open-inbox.ts'
import { openPool } from '#adapters/postgres/pool.ts'
import type { NewDelivery } from '#ports/inbox.ts'
import { needless } from '#webhooks/translate.ts'

// What the door takes: deliveries that are kept, each on disk before its answer; and deliveries that mean nothing, against
// a Probot on its own that nothing hangs on. Client, server and database share the machine, as on a small server.
const seconds = 4
const atOnce = 20
const goals = { perSecond: 500, p99Ms: 50, ofBareProbot: 0.5 }

const secret = randomUUID()
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const credentials = {
  appId: 7,
  privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  webhookSecret: secret,
  apiUrl: 'http://127.0.0.1:9',
}
const payload = JSON.stringify({
  action: 'completed',
  check_run: {
    id: 1,
    name: 'unit tests',
    head_sha: 'a'.repeat(40),
    conclusion: 'failure',
    app: { id: 8, slug: 'ci' },
    pull_requests: [],
    output: { summary: 'x'.repeat(6000) },
  },
  repository: { id: 2, name: 'shop', default_branch: 'main', owner: { login: 'acme' } },
  installation: { id: 3 },
  sender: { id: 4, login: 'ada', type: 'User' },
})
const signature = `sha256=${createHmac('sha256', secret).update(payload).digest('hex')}`

interface Figure {
  readonly perSecond: number
  readonly p99Ms: number
}

async function load(url: string, event: string): Promise<Figure> {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce })
  const times: number[] = []
  const end = performance.now() + seconds * 1000
  const one = async (): Promise<void> => {
    while (performance.now() < end) {
      const start = performance.now()
      const status = await deliver(url, event, agent)
      if (status !== 200 && status !== 202) throw new Error(`answered ${status}`)
      times.push(performance.now() - start)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, one))
  agent.destroy()
  const sorted = times.toSorted((a, b) => a - b)
  return {
    perSecond: times.length / seconds,
    p99Ms: sorted[Math.floor(sorted.length * 0.99)] ?? NaN,
  }
}

function verdict(isHeld: boolean): string {
  return isHeld ? 'held' : 'missed'
}

function deliver(url: string, event: string, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(`${url}${webhookPath}`, {
      agent,
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'content-length': payload.length,
        'x-github-delivery': randomUUID(),
        'x-github-event': event,
        'x-hub-signature-256': signature,
      },
    })
    sent.on('response', (response) => {
      response.resume()
      response.on('end', () => resolve(response.statusCode ?? 0))
    })
    sent.on('error', reject)
    sent.end(payload)
  })
}

const directory = mkdtempSync(join(tmpdir(), 'goalkeeper-bench-'))
const database = await openDatabase({ databaseUrl: process.env['DATABASE_URL'] ?? null, directory })
const pool = openPool(database.url, 4)
const { inbox } = await openInbox(pool)
const receiver = await openProbot(credentials)
const store = gathered((some: readonly NewDelivery[]) => inbox.store(some), 200)
const us = { appId: 7, login: 'goalkeeper[bot]' }
const door = {
  verify: (body: string, signed: string) => receiver.verify(body, signed),
  needless: (name: string, read: () => unknown) => needless({ name, us }, read),
  store,
}
const routes = routesOf(door, () => Promise.resolve(null))
const ours = await startServer({ host: '127.0.0.1', port: 0, routes })
const middleware = await createNodeMiddleware(() => undefined, { probot: receiver.probot })
const bare = createServer((incoming, outgoing) => void middleware(incoming, outgoing))
await new Promise<void>((resolve) => {
  bare.listen(0, '127.0.0.1', resolve)
})
const address = bare.address()
const bareUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`

try {
  const rounds: { ignored: Figure; probot: Figure }[] = []
  const kept = await load(ours.url, 'check_run')
  for (let round = 0; round < 3; round += 1) {
    rounds.push({ probot: await load(bareUrl, 'star'), ignored: await load(ours.url, 'star') })
  }
  const ratios = rounds.map(({ ignored, probot }) => ignored.perSecond / probot.perSecond)
  const ratio = ratios.toSorted((a, b) => a - b)[1] ?? NaN
  process.stdout.write(
    [
      `kept      ${kept.perSecond.toFixed(0)}/s (goal ${goals.perSecond}/s: ${verdict(kept.perSecond >= goals.perSecond)})`,
      `          p99 ${kept.p99Ms.toFixed(1)} ms (goal ${goals.p99Ms} ms: ${verdict(kept.p99Ms <= goals.p99Ms)})`,
      ...rounds.map(
        ({ ignored, probot }) =>
          `ignored   ${ignored.perSecond.toFixed(0)}/s, a bare Probot ${probot.perSecond.toFixed(0)}/s`,
      ),
      `          median ${ratio.toFixed(2)}x (goal ${goals.ofBareProbot}x: ${verdict(ratio >= goals.ofBareProbot)})`,
      '',
    ].join('\n'),
  )
} finally {
  await ours.stop()
  bare.close()
  await pool.end()
  await database.stop()
  rmSync(directory, { recursive: true, force: true })
}
