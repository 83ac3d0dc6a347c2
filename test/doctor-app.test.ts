import { afterAll, beforeAll, expect, test } from 'vitest'

import { readAppManifest } from '#config/app-manifest.ts'

import { diagnoseApp } from '../src/cli-doctor-app.ts'
import { type Mailbox, openMailbox } from './support/github/mailbox.ts'
import { openShop, type Shop } from './support/github/shop.ts'

const { default_permissions: permissions, default_events: events } = readAppManifest()
const secret = 'a secret that GitHub knows, too'

let mailbox: Mailbox
let shop: Shop
/** How far GitHub's clock is behind ours. */
let behindMs = 0

beforeAll(async () => {
  mailbox = await openMailbox()
  shop = await openShop({ permissions, events, webhook: hook(), now: githubNow })
})

afterAll(async () => {
  shop.github.takeDeviations()
  await shop.close()
  await mailbox.close()
})

const githubNow = (): Date => new Date(Date.now() - behindMs)

function hook() {
  return { url: mailbox.url, secret }
}

interface Other {
  readonly appId?: number | null
  readonly privateKey?: string
  readonly webhookSecret?: string | null
  readonly apiUrl?: string
}

async function doctor(other: Other = {}, registered = shop.keeper) {
  const { app, privateKey } = registered
  const own = { appId: app.id, privateKey, webhookSecret: secret, apiUrl: shop.github.api }
  const clock = { now: () => new Date() }
  const said = await diagnoseApp({ github: { ...own, ...other } }, clock)
  return Object.fromEntries(said.map((one) => [one.name, one]))
}

/** Another App in the same place, otherwise as app.yml says. */
async function app(of: Partial<Parameters<Shop['github']['app']>[0]>) {
  const slug = `keeper-${shop.github.state.nextId}`
  const registered = shop.github.app({ slug, permissions, events, webhook: hook(), ...of })
  shop.github.install(registered.app, shop.acme)
  await shop.github.settled()
  return registered
}

test('an App that is as app.yml says is well', async () => {
  const found = await doctor({}, await app({}))

  expect(Object.values(found).filter(({ state }) => state !== 'ok')).toEqual([])
  expect(found['Permissions']).toMatchObject({ found: 'as in app.yml' })
  expect(found['Clock']).toMatchObject({ state: 'ok' })
})

test('a key of another App is refused, and the remedy is another key', async () => {
  const { privateKey } = await app({})
  const found = await doctor({ privateKey })

  expect(found['GitHub App']).toMatchObject({
    state: 'missing',
    found: expect.stringContaining('401'),
    remedy: expect.stringContaining('Make a new private key'),
  })
})

test('a GitHub that does not answer is told from one that refuses', async () => {
  const found = await doctor({ apiUrl: 'http://127.0.0.1:9' })

  expect(found['GitHub App']).toMatchObject({
    state: 'missing',
    found: expect.stringContaining('does not answer'),
  })
})

test('every missing and every superfluous permission and event is named', async () => {
  const { checks: _checks, ...fewer } = permissions
  const registered = await app({
    permissions: { ...fewer, contents: 'read', administration: 'write' },
    events: [...events.filter((event) => event !== 'push'), 'star'],
  })
  const found = await doctor({}, registered)

  expect(found['Permissions']).toMatchObject({
    state: 'missing',
    found: 'missing: checks: write, contents: write; not needed: administration: write',
    remedy: expect.stringMatching(/Grant them.*Take them back/),
  })
  expect(found['Events']).toMatchObject({
    state: 'missing',
    found: 'missing: push; not needed: star',
  })
  expect(found['Installation on acme']).toMatchObject({
    state: 'missing',
    remedy: expect.stringContaining('Accept the new permissions'),
  })
})

test('what is only too much is worth a warning and stops nothing', async () => {
  const found = await doctor({}, await app({ permissions: { ...permissions, workflows: 'write' } }))

  expect(found['Permissions']).toMatchObject({
    state: 'warning',
    found: 'not needed: workflows: write',
  })
})

test.for([
  [undefined, 'none: GitHub tells us nothing'],
  ['https://goalkeeper.example.com/api/github/webhooks', 'only an example'],
  ['https://goalkeeper.acme.dev/', 'does not end in /api/github/webhooks'],
])('a webhook address %s is not one: %s', async ([address, because]) => {
  const registered = shop.github.app({
    slug: `hook-${shop.github.state.nextId}`,
    permissions,
    events,
    ...(address === undefined ? {} : { webhook: { url: address, secret } }),
  })
  const found = await doctor({}, registered)

  expect(found['Webhook address']).toMatchObject({
    state: 'missing',
    found: expect.stringContaining(because ?? ''),
  })
  expect(found['Installations']).toMatchObject({ state: 'warning', found: 'nowhere installed' })
})

test('a webhook without a secret is told', async () => {
  const registered = await app({})
  registered.app.hook = { url: mailbox.url, secret: null }

  expect((await doctor({}, registered))['Webhook secret']).toMatchObject({ state: 'missing' })
})

test('the answers to the last deliveries tell whether we are reached and whether the secrets agree', async () => {
  const wrong = { url: 'http://127.0.0.1:9/api/github/webhooks', secret }
  const registered = shop.github.app({ slug: 'told', permissions, events, webhook: hook() })
  expect((await doctor({}, registered))['Webhook deliveries']).toMatchObject({
    state: 'warning',
    found: 'GitHub has sent nothing yet',
  })
  const installation = shop.github.install(registered.app, shop.acme)
  await shop.github.settled()
  expect((await doctor({}, registered))['Webhook deliveries']).toMatchObject({
    state: 'ok',
    found: '1 of the last 1 were taken',
  })

  mailbox.answerWith(400, '{"error":"The signature does not fit."}')
  shop.github.choose(installation)
  await shop.github.settled()
  expect((await doctor({}, registered))['Webhook deliveries']).toMatchObject({
    state: 'missing',
    found: expect.stringContaining('1 of the last 2 were taken; the newest'),
    remedy: expect.stringContaining('WEBHOOK_SECRET differs'),
  })
  mailbox.answerWith(202)
  registered.app.hook = wrong

  shop.github.choose(installation, shop.repository)
  await shop.github.settled()
  expect((await doctor({}, registered))['Webhook deliveries']).toMatchObject({
    state: 'missing',
    remedy: expect.stringContaining('GitHub can reach its address'),
  })
})

test('a clock that is off is told by how much', async () => {
  behindMs = 45_000
  const found = await doctor()
  behindMs = 0

  expect(found['Clock']).toMatchObject({
    state: 'warning',
    found: expect.stringMatching(/^4[45] seconds ahead of GitHub's$/),
    remedy: expect.stringContaining('NTP'),
  })
})

test('no App at all is fine, half an App is not', async () => {
  const none = { appId: null, privateKey: null, webhookSecret: null, apiUrl: shop.github.api }
  const clock = { now: () => new Date() }

  expect(await diagnoseApp({ github: none }, clock)).toMatchObject([{ state: 'ok' }])
  expect((await doctor({ webhookSecret: null }))['GitHub App']).toMatchObject({
    state: 'missing',
    found: expect.stringContaining('WEBHOOK_SECRET'),
  })
})
