import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import nock from 'nock'
import { afterEach, expect, test, vi } from 'vitest'

import { gitRepositories } from '#adapters/git/repositories.ts'
import { githubClients } from '#adapters/github/clients.ts'
import { githubComments } from '#adapters/github/comments.ts'
import { ownSecrets } from '#adapters/secrets/own-secrets.ts'

import { discreet, serviceNarrator } from '../../../src/app-narrator.ts'
import { explained } from '../../../src/cli-settings.ts'
import { chain, engineWorld, event, kind } from '../../support/engine-world.ts'
import { at, branch, mirroredShop } from '../../support/mirrored-shop.ts'

const secret = 'keeper-webhook-0123456789'
const minted = 'v1.8a7b6c5d4e3f2a1b'

afterEach(() => {
  vi.unstubAllEnvs()
  nock.cleanAll()
  nock.restore()
})

test('the database holds none, whatever a step answers, notes or throws', async () => {
  const secrets = ownSecrets([secret])
  const directory = mkdtempSync(join(tmpdir(), 'goalkeeper-secrets-'))
  const kinds = Object.fromEntries(
    [
      kind('answer', async () => ({ kind: 'done', outputs: { said: `It is ${secret}.` } })),
      kind('refuse', async () => ({
        kind: 'failed',
        reason: 'no-fix-found',
        detail: `Not with ${secret}.`,
      })),
      kind('throw', async () => {
        throw new Error(`fetch ${secret} failed`)
      }),
    ].map((one) => [one.name, one]),
  )
  const each = ['answer', 'refuse', 'throw']
  const workflows = Object.fromEntries(each.map((one) => [one, chain(one, { only: [one] })]))
  const world = await engineWorld({ directory, kinds, workflows, secrets })
  for (const one of each) {
    await world.engine.start(one, one, event)
    await world.engine.result(one)
  }
  await world.store.append({ runId: 'answer', key: 'x', type: 'said', data: { secret } })
  const { rows: tables } = await world.pool.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname in ('goalkeeper', 'dbos')`,
  )
  const found: string[] = []
  for (const { name } of tables) {
    const { rows } = await world.pool.query(`select t::text as row from ${name} t`)
    if (JSON.stringify(rows).includes(secret)) found.push(name)
  }
  const { rows } = await world.pool.query('select t::text as row from dbos.operation_outputs t')
  await world.stop()
  rmSync(directory, { recursive: true, force: true })

  expect(tables.length).toBeGreaterThan(10)
  expect(JSON.stringify(rows)).toContain('fetch [redacted] failed')
  expect(found).toEqual([])
})

test('no request to GitHub says one, and a token is one from the moment it is given', async () => {
  const secrets = ownSecrets([secret])
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const apiUrl = 'https://github.test/api/v3'
  const said: string[] = []
  if (!nock.isActive()) nock.activate()
  nock(apiUrl)
    .post(/access_tokens$/)
    .reply(201, { token: minted, expires_at: '2099-01-01T00:00:00Z', permissions: {} })
    .get(/comments/)
    .reply(200, [])
    .post(/comments$/, (body) => said.push(JSON.stringify(body)) > 0)
    .reply(201, { id: 5 })
    .get(/comments/)
    .reply(200, [{ id: 5, user: { login: 'keeper[bot]' }, body: '<!-- us -->' }])
    .patch(/comments/, (body) => said.push(JSON.stringify(body)) > 0)
    .matchHeader('authorization', `token ${minted}`)
    .reply(200, {})
  const { clientFor } = githubClients({ appId: 7, privateKey: pem, apiUrl }, secrets)
  const comments = githubComments(clientFor, async () => ({ id: 7, login: 'keeper[bot]' }))
  const repository = { installation: 1, id: 17, owner: 'acme', name: 'shop' }

  const body = `CI printed ${secret} and ${minted}.`
  await comments.show(repository, { issue: 1, marker: '<!-- us -->', body })
  await comments.show(repository, { issue: 1, marker: '<!-- us -->', body })

  expect(said).toEqual([
    '{"body":"CI printed [redacted] and [redacted]."}',
    '{"body":"CI printed [redacted] and [redacted]."}',
  ])
})

test('no commit has one: its message is rid of it, and a line that would add it is refused', async () => {
  const { place, user, head } = await mirroredShop()
  const secrets = ownSecrets([secret])
  const repositories = gitRepositories({ home: place.home, env: process.env, secrets })
  const mirror = await repositories.mirror(user.directory)
  const of = { mirror, branch, parent: head, at, message: `fix: say ${secret}` }
  const patch = [{ path: 'src/a.ts', content: 'export const a = 2\n' }]

  const leaking = [{ path: 'src/a.ts', content: `const a = 1\nconst b = '${secret}'\n` }]
  const refused = await repositories.commit({ ...of, patch: leaking })
  const written = await repositories.commit({ ...of, patch })
  await repositories.deliver(mirror, branch, { from: null })
  const message = user.git('log', '-1', '--format=%B', branch)
  place.remove()

  expect(refused).toMatchObject({ because: 'secret-found', detail: 'src/a.ts:2 own-secret' })
  expect(written.kind).toBe('written')
  expect(message).toContain('fix: say [redacted]')
})

test('no line of the log has one', () => {
  const lines: string[] = []
  const { tell } = discreet(
    serviceNarrator((line) => lines.push(line)),
    ownSecrets([secret]),
  )
  tell('run_a', { kind: 'phase-started', phase: 'fix', name: 'Repair it' })
  tell('run_a', { kind: 'step-started', phase: 'fix', step: 'climb', name: 'Climb' })
  tell('run_a', { kind: 'note', phase: 'fix', step: 'climb', text: `It is ${secret}` })
  expect(lines.at(-1)).toContain('It is [redacted]')
})

test('what a command ends with has none', () => {
  vi.stubEnv('GOALKEEPER_ENV_FILE', '/nowhere')
  vi.stubEnv('WEBHOOK_SECRET', secret)
  expect(explained(new Error(`connect ${secret}`))).toBe('connect [redacted]')
})
