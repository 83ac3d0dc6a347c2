import { randomUUID } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { execa } from 'execa'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { type Database, openDatabase } from '#adapters/postgres/database.ts'

import { type GitHub, startGitHub } from '../support/github/github.ts'
import { freePort, secret, type ServiceAt, startService, until } from '../support/service.ts'

let home: string
let github: GitHub
let at: ServiceAt
let database: Database
let client: Client
let install: (owner: string) => void

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'goalkeeper-service-'))
  chmodSync(home, 0o711)
  github = await startGitHub()
  const port = await freePort()
  const { app, privateKey } = github.app({
    slug: 'goalkeeper',
    events: ['push'],
    webhook: { url: `http://127.0.0.1:${port}/api/github/webhooks`, secret },
  })
  install = (owner) => void github.install(app, github.person(owner))
  at = { home, port, appId: app.id, privateKey, apiUrl: github.api }
  database = await openDatabase({ databaseUrl: null, directory: home })
  client = new Client({ connectionString: database.url })
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await database.stop()
  await github.close()
  rmSync(home, { recursive: true, force: true })
})

const who = { login: 'ada', id: 1, type: 'User' }
const aPush = {
  ref: 'refs/heads/main',
  before: 'a'.repeat(40),
  after: 'b'.repeat(40),
  pusher: { name: 'ada' },
  sender: who,
  installation: { id: 5 },
  repository: { id: 17, name: 'shop', default_branch: 'main', owner: { login: 'acme' } },
}

interface Kept {
  readonly name: string
  readonly state: string
  readonly attempts: number
}

/** The inbox by the ids of deliveries. */
async function inbox(): Promise<ReadonlyMap<string, Kept>> {
  const { rows } = await client.query<Kept & { id: string }>(
    'select delivery_id as id, name, state, attempts from goalkeeper.inbox',
  )
  return new Map(rows.map(({ id, ...kept }) => [id, kept]))
}

const handled = { name: 'push', state: 'done', attempts: 1 }

test('with half of its credentials the service does not start, and says what it needs', async () => {
  const { exitCode, stderr } = await execa(process.execPath, ['src/main.ts'], {
    reject: false,
    env: { APP_ID: '', PRIVATE_KEY: '', WEBHOOK_SECRET: secret, GOALKEEPER_HOME: home },
  })

  expect(exitCode).toBe(2)
  expect(stderr).toMatch(/APP_ID: Not set.*\n.*PRIVATE_KEY: Not set/)
  expect(stderr).not.toContain('WEBHOOK_SECRET')
})

test('what is delivered is handled once, also when it comes again, and the service stops when it is asked to', async () => {
  const service = startService(at)
  await service.until('ready')
  const id = randomUUID()

  expect(await service.deliver('push', aPush, id)).toBe(202)
  expect(await service.deliver('push', aPush, id)).toBe(202)
  await until(async () => (await inbox()).get(id)?.state === 'done')
  expect(await service.deliver('push', aPush, id)).toBe(202)
  expect(
    await service.deliver('push', { ...aPush, sender: { ...who, login: 'goalkeeper[bot]' } }),
  ).toBe(202)

  service.process.kill('SIGTERM')
  const { exitCode, stdout, stderr } = await service.process
  expect(exitCode).toBe(0)
  expect(stdout).toMatch(/Stopped\.\s*$/)
  expect(stdout + stderr).not.toContain(secret)
  expect([...(await inbox())]).toEqual([[id, handled]])
})

test('what was answered 202 survives kill -9 at once and is handled by the next process', async () => {
  const killed = startService(at)
  // Open, but not ready to handle anything: what comes now is only kept.
  await killed.until('health')
  const ids = Array.from({ length: 20 }, () => randomUUID())
  const answers = await Promise.all(ids.map((id) => killed.deliver('push', aPush, id)))
  killed.process.kill('SIGKILL')
  await killed.process
  expect(answers).toEqual(ids.map(() => 202))

  const heir = startService(at)
  await until(async () => {
    const kept = await inbox()
    return ids.every((id) => kept.get(id)?.state === 'done')
  })
  heir.process.kill('SIGINT')
  expect((await heir.process).exitCode).toBe(0)
})

test('what GitHub could not deliver while nobody was there is asked for and handled', async () => {
  install('grace')
  await github.settled()
  // Another round of looking is due only after minutes.
  await client.query('delete from goalkeeper.bookmarks')

  const service = startService(at)
  await until(async () =>
    [...(await inbox()).values()].some(
      ({ name, state }) => name === 'installation' && state === 'done',
    ),
  )
  service.process.kill('SIGTERM')

  expect((await service.process).exitCode).toBe(0)
})
