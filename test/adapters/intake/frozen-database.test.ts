import { generateKeyPairSync } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { Octokit } from '@octokit/rest'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { githubClients } from '#adapters/github/clients.ts'
import { type EmbeddedServer, startEmbeddedServer } from '#adapters/postgres/embedded-server.ts'
import { ownSecrets } from '#adapters/secrets/own-secrets.ts'

import { type Intake, openIntake } from '../../../src/app-intake.ts'
import { redCheck } from '../../support/attack-world.ts'
import { deliverTo } from '../../support/deliver.ts'
import { signalServer } from '../../support/embedded-processes.ts'
import { secret, until } from '../../support/service.ts'

const whoWeAre = async () => Response.json({ id: 7, slug: 'keeper' })

let directory: string
let server: EmbeddedServer
let intake: Intake

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'goalkeeper-frozen-'))
  chmodSync(directory, 0o711)
  server = await startEmbeddedServer(directory)
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const credentials = {
    appId: 7,
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    webhookSecret: secret,
    apiUrl: 'http://127.0.0.1:9',
  }
  intake = await openIntake({
    databaseUrl: server.url,
    at: { host: '127.0.0.1', port: 0 },
    credentials,
    secrets: ownSecrets(),
    clients: { ...githubClients(credentials), app: new Octokit({ request: { fetch: whoWeAre } }) },
    handlers: () => Promise.reject(new Error('Nothing is handled here.')),
    tell: () => undefined,
  })
})

afterAll(async () => {
  await intake.stop()
  await server.stop()
  rmSync(directory, { recursive: true, force: true })
})

async function timed<Answer>(asked: Promise<Answer>) {
  const start = performance.now()
  return { answer: await asked, ms: performance.now() - start }
}

async function stored(): Promise<readonly unknown[]> {
  const client = new Client({ connectionString: server.url })
  await client.connect()
  const { rows } = await client.query('select delivery_id from goalkeeper.inbox')
  await client.end()
  return rows
}

test('while the database hangs each delivery is answered within a second, and is one when it comes again', async () => {
  const [first, second] = [redCheck(), redCheck({ name: 'lint' })] as const
  await until(async () => (await fetch(`${intake.url}/ready`)).ok)
  signalServer(directory, 'SIGSTOP')
  const [one, other, ready, alive] = await Promise.all([
    timed(deliverTo(intake.url, first)),
    timed(deliverTo(intake.url, second)),
    timed(fetch(`${intake.url}/ready`)),
    timed(fetch(`${intake.url}/health`)),
  ]).finally(() => {
    signalServer(directory, 'SIGCONT')
  })

  expect([one.answer, other.answer, ready.answer.status, alive.answer.status]).toEqual([
    503, 503, 503, 200,
  ])
  expect(Math.max(one.ms, other.ms, ready.ms)).toBeLessThan(1000)
  expect([await deliverTo(intake.url, first), await deliverTo(intake.url, second)]).toEqual([
    202, 202,
  ])
  expect(await stored()).toHaveLength(2)
})
