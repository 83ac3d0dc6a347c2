import { createHmac } from 'node:crypto'

import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { type Mailbox, openMailbox } from './mailbox.ts'
import { openShop, type Shop } from './shop.ts'

const secret = 'it is a secret'
let shop: Shop
let mailbox: Mailbox

beforeEach(async () => {
  mailbox = await openMailbox()
  const webhook = { url: mailbox.url, secret }
  shop = await openShop({ webhook, events: ['push', 'issues', 'issue_comment', 'check_run'] })
  await shop.github.settled()
})

afterEach(async () => {
  await shop.close()
  await mailbox.close()
})

/** Opens issues and waits until the app has heard of what it will hear of. */
async function open(...titles: readonly string[]): Promise<void> {
  for (const title of titles) await shop.maria.octokit.rest.issues.create({ ...shop.at, title })
  await shop.github.settled()
}

function titlesHeard(): readonly string[] {
  return mailbox.named('issues.opened').map(({ body }) => /"title":"(\w+)"/.exec(body)?.[1] ?? '')
}

test('a delivery is signed over its very bytes and says what it is', async () => {
  await open('red')
  const [letter] = mailbox.named('issues.opened')
  const expected = createHmac('sha256', secret)
    .update(letter?.body ?? '')
    .digest('hex')

  expect(letter?.headers).toMatchObject({
    'x-hub-signature-256': `sha256=${expected}`,
    'x-github-event': 'issues',
    'x-github-hook-installation-target-type': 'integration',
    'user-agent': expect.stringMatching(/^GitHub-Hookshot\//),
  })
  expect(JSON.parse(letter?.body ?? '{}')).toMatchObject({
    action: 'opened',
    installation: { id: shop.installation.id },
    repository: { full_name: 'acme/kiosk' },
    organization: { login: 'acme' },
    sender: { login: 'maria' },
  })
})

test('every delivery has an id of its own', async () => {
  await open('one', 'two', 'three')
  const ids = mailbox.letters.map(({ guid }) => guid)

  expect(new Set(ids).size).toBe(ids.length)
})

test('a push tells its commits and their files', async () => {
  await shop.maria.checkout.push('main', { 'a.txt': 'a\n', 'b/c.txt': 'c\n' })
  const after = await shop.maria.checkout.push('main', { 'a.txt': 'b\n' })
  await shop.github.settled()
  const letter = mailbox.named('push').find(({ body }) => body.includes(`"after":"${after}"`))

  expect(JSON.parse(letter?.body ?? '{}')).toMatchObject({
    ref: 'refs/heads/main',
    created: false,
    forced: false,
    pusher: { name: 'maria' },
    commits: [{ id: after, modified: ['a.txt'], added: [] }],
    head_commit: { id: after },
  })
})

test('what an app does itself is told under its bot’s name', async () => {
  await shop.octokit.rest.issues.create({ ...shop.at, title: 'mine' })
  await shop.github.settled()
  const [letter] = mailbox.named('issues.opened')

  expect(JSON.parse(letter?.body ?? '{}')).toMatchObject({
    sender: { login: 'keeper[bot]', type: 'Bot' },
    issue: { performed_via_github_app: { slug: 'keeper' } },
  })
})

describe('an app hears nothing', () => {
  test('of events it did not ask for', async () => {
    const head = await shop.maria.checkout.push('topic', { 'a.txt': 'a\n' })
    await shop.octokit.rest.pulls.create({ ...shop.at, head: 'topic', base: 'main', title: 'x' })
    await shop.github.settled()

    expect(head).not.toBe(shop.first)
    expect(mailbox.letters.filter(({ event }) => event === 'pull_request')).toEqual([])
  })

  test('while it is suspended', async () => {
    shop.github.suspend(shop.installation)
    await open('red')

    expect(mailbox.named('issues.opened')).toEqual([])
  })

  test('of repositories it was not given', async () => {
    const vault = await shop.github.repository({ owner: shop.acme, name: 'vault' })
    shop.github.choose(shop.installation, vault)
    await open('red')

    expect(mailbox.named('issues.opened')).toEqual([])
    expect(mailbox.named('installation_repositories.removed')).toHaveLength(1)
  })
})

describe('the list of deliveries', () => {
  test('has what failed, and sends it again under the same id', async () => {
    mailbox.answerWith(500)
    await open('red')
    mailbox.answerWith(202)
    const { apps } = shop.asApp.rest
    const { data } = await apps.listWebhookDeliveries({ status: 'failure' })
    const [failed] = data
    await apps.redeliverWebhookDelivery({ delivery_id: failed?.id ?? 0 })
    await shop.github.settled()
    const { data: now } = await apps.listWebhookDeliveries()

    expect(data).toMatchObject([{ event: 'issues', action: 'opened', status_code: 500 }])
    expect(mailbox.named('issues.opened').map(({ guid }) => guid)).toEqual([
      failed?.guid,
      failed?.guid,
    ])
    expect(now[0]).toMatchObject({ guid: failed?.guid, redelivery: true, status_code: 202 })
  })

  test('has what nobody was there to take', async () => {
    shop.github.webhooks.decide(() => ({ kind: 'fails' }))
    await open('red')
    const { data } = await shop.asApp.rest.apps.listWebhookDeliveries({ status: 'failure' })

    expect(mailbox.named('issues.opened')).toEqual([])
    expect(data).toMatchObject([{ event: 'issues', status_code: 502 }])
  })

  test('is paged by a cursor', async () => {
    await open('one', 'two', 'three')
    const pages = shop.asApp.paginate.iterator('GET /app/hook/deliveries', { per_page: 2 })
    const seen: number[] = []
    for await (const { data } of pages) seen.push(...data.map(({ id }) => id))

    expect(seen).toEqual(shop.keeper.app.deliveries.map(({ id }) => id).toReversed())
  })
})

describe('deliveries can be', () => {
  test('held back and let go in another order', async () => {
    shop.github.webhooks.hold()
    await open('one', 'two', 'three')
    expect(titlesHeard()).toEqual([])
    // One after the other, or the network would choose an order of its own.
    const slowly = new Map<string, number>()
    shop.github.webhooks.decide(({ guid }) => {
      slowly.set(guid, slowly.size * 200)
      return { kind: 'arrives', afterMilliseconds: slowly.get(guid) ?? 0 }
    })
    shop.github.webhooks.release((waiting) => waiting.toReversed())
    await shop.github.settled()

    expect(titlesHeard()).toEqual(['three', 'two', 'one'])
  })

  test('sent twice', async () => {
    shop.github.webhooks.decide(() => ({ kind: 'arrives', times: 2 }))
    await open('red')
    const ids = mailbox.named('issues.opened').map(({ guid }) => guid)

    expect(ids).toHaveLength(2)
    expect(new Set(ids).size).toBe(1)
  })

  test('lost without a trace', async () => {
    const before = shop.keeper.app.deliveries.length
    shop.github.webhooks.decide(({ event }) => ({
      kind: event.action === 'opened' ? 'vanishes' : 'arrives',
    }))
    await open('red')

    expect(mailbox.named('issues.opened')).toEqual([])
    expect(shop.keeper.app.deliveries).toHaveLength(before)
  })
})
