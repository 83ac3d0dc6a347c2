import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { openDatabase } from '#adapters/postgres/database.ts'
import { openInbox } from '#adapters/postgres/open-inbox.ts'
import { openPool } from '#adapters/postgres/pool.ts'
import type { Inbox, NewDelivery } from '#ports/inbox.ts'

import { by, comment, deepened, label, owned, redCheck } from '../support/attack-world.ts'
import { deliverRaw, deliverTo, signedOld } from '../support/deliver.ts'
import { clientOf } from '../support/github/shop.ts'
import type { Delivery } from '../support/github/webhooks/delivery.ts'
import { type HostedShop, openHostedShop } from '../support/hosted-shop.ts'
import { until } from '../support/service.ts'

const kiosk = {
  'package.json': '{ "name": "kiosk", "private": true, "type": "module" }\n',
  '.github/workflows/ci.yml':
    'name: ci\non: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: node --test\n',
  'test/one.test.js': `import { test } from 'node:test'\n\ntest('one', () => undefined)\n`,
}

let hosted: HostedShop
let service: ReturnType<HostedShop['start']>
let inbox: Inbox
let close: () => Promise<void>
let robot: ReturnType<typeof clientOf>

beforeAll(async () => {
  hosted = await openHostedShop(kiosk)
  service = hosted.start()
  await service.until('ready')
  const database = await openDatabase({ databaseUrl: null, directory: hosted.at.home })
  const pool = openPool(database.url, 2)
  ;({ inbox } = await openInbox(pool))
  const { shop } = hosted
  const app = shop.github.app({ slug: 'robot', permissions: { checks: 'write' }, events: [] })
  robot = clientOf(shop.github, app, shop.github.install(app.app, shop.acme))
  close = () => pool.end().then(() => database.stop())
})

afterAll(async () => {
  await close()
  service.process.kill('SIGTERM')
  await service.process
  await hosted.close()
})

/** A payload about this very repository, as only GitHub could sign it. */
const here = () => ({
  installation: { id: hosted.shop.installation.id },
  ...owned('acme', 'kiosk', hosted.shop.repository.id),
})

const sent = (delivery: NewDelivery) => deliverTo(service.url, delivery)
const raw = (body: string, headers: Readonly<Record<string, string>>) =>
  deliverRaw(service.url, body, headers)

/** What the record of a delivery says, once it says anything. */
async function reasonOf(id: string): Promise<string> {
  await until(async () => ((await inbox.record(id))?.reason ?? null) !== null)
  return (await inbox.record(id))?.reason ?? ''
}

const isAlive = async () => (await fetch(`${service.url}/health`)).ok
const refused: readonly (readonly [string, readonly number[], () => Promise<number>])[] = [
  [
    'a forged signature',
    [400],
    () => raw('{}', { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` }),
  ],
  ['no signature', [400], () => raw('{}', { 'x-hub-signature-256': '' })],
  [
    'SHA-1',
    [400],
    () => raw('{}', { 'x-hub-signature-256': '', 'x-hub-signature': signedOld('{}') }),
  ],
  [
    'a byte more than 25 MB, well signed',
    [413, 0],
    () => raw('x'.repeat(25 * 1024 * 1024 + 1), {}),
  ],
  ['no JSON, well signed', [400], () => raw('payload=%7B%7D', {})],
]

describe(`0 of ${refused.length} deliveries that are not GitHub’s get in`, () => {
  test.for(refused)('%s', async ([, status, send]) => {
    expect(status).toContain(await send())
    expect(await isAlive()).toBe(true)
  })
})

const kept: readonly (readonly [string, () => NewDelivery, RegExp])[] = [
  [
    'a comment by a reader',
    () => comment('/auto-fix', { ...here(), ...by('stranger') }),
    /GitHub says read/,
  ],
  [
    'a label by a reader who says to be an administrator',
    () => label({ ...here(), ...by('stranger', 'User', { role_name: 'admin' }) }),
    /GitHub says read/,
  ],
  [
    'somebody whom GitHub does not know',
    () => comment('/auto-fix', { ...here(), ...by('nobody') }),
    /./,
  ],
  [
    'a payload of two hundred thousand brackets',
    () => deepened(redCheck({}, here()), 100_000),
    /sender/,
  ],
  [
    'an installation of somebody else',
    () => redCheck({}, { ...here(), installation: { id: 999_999 } }),
    /./,
  ],
  [
    'a repository that is not installed',
    () => redCheck({}, { ...here(), ...owned('acme', 'vault', 4242) }),
    /./,
  ],
]

describe(`0 of ${kept.length} deliveries that GitHub signed start what they should not`, () => {
  test.for(kept)('%s', async ([, made, words]) => {
    const delivery = made()
    expect(await sent(delivery)).toBe(202)
    expect(await reasonOf(delivery.id)).toMatch(words)
    expect(await isAlive()).toBe(true)
    expect(hosted.shop.github.served.filter(({ route }) => writes.test(route))).toEqual([])
  })
})

/** Tokens are had by POST; everything else that is posted would be seen by people. */
const writes = /^(?:POST|PUT|PATCH|DELETE) (?!\/app)/

test('a delivery that is replayed with another body is the delivery it was', async () => {
  const first = comment('/auto-fix', { ...here(), ...by('stranger') })
  await sent(first)
  await reasonOf(first.id)
  await sent({ ...first, payload: redCheck({ head_sha: hosted.shop.first }, here()).payload })

  expect((await inbox.record(first.id))?.payload).toBe(first.payload)
  expect(await hosted.ours(hosted.shop.first)).toEqual([])
})

/** Another app finds so many things wrong with a new commit on a branch. */
async function redOn(branch: string, count: number): Promise<string> {
  const { shop } = hosted
  const files = { 'README.md': `# ${branch}\n` }
  const head_sha = await shop.maria.checkout.push(branch, files, 'origin/main')
  for (let number = 0; number < count; number += 1) {
    const name = `part ${number} ![x](https://evil.example) @octocat`
    await robot.rest.checks.create({ ...shop.at, head_sha, name, conclusion: 'failure' })
  }
  return head_sha
}

test('thirty red checks of one commit are one run, which says what it could not reproduce', async () => {
  const sha = await redOn('many', 30)
  const { conclusion, summary = '' } = await hosted.concluded(sha)

  expect(conclusion).toBe('neutral')
  expect(await hosted.ours(sha)).toHaveLength(1)
  expect(summary).toContain('which command it runs is not known here')
  expect(summary).toContain('`part 0 ![x](https://evil.example) ＠octocat`')
  expect(await hosted.fixesFor('many')).toEqual([])
})

describe('webhooks that come', () => {
  test.each([
    ['backwards', (all: readonly Delivery[]) => all.toReversed()],
    ['twice, the second time before anything else', (all: readonly Delivery[]) => [...all, ...all]],
  ])('%s make one run of a commit', async (how, order) => {
    const { webhooks } = hosted.shop.github
    webhooks.hold()
    const sha = await redOn(how.replaceAll(/\W+/g, '-'), 3)
    webhooks.release(order)
    await hosted.concluded(sha)
    await hosted.shop.github.settled()

    expect(await hosted.ours(sha)).toHaveLength(1)
  })

  test('only when GitHub is asked for them make one run of a commit', async () => {
    const { webhooks } = hosted.shop.github
    const { app } = hosted.shop.keeper
    const before = app.deliveries.length
    webhooks.decide(() => ({ kind: 'fails' }))
    const sha = await redOn('lost', 3)
    await hosted.shop.github.settled()
    webhooks.decide(() => ({ kind: 'arrives' }))
    for (const lost of app.deliveries.slice(before)) await webhooks.redeliver(app, lost)
    await hosted.concluded(sha)

    expect(await hosted.ours(sha)).toHaveLength(1)
  })
})
