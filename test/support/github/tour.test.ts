import { afterAll, beforeAll, expect, test } from 'vitest'

import { describedPayloads, describedRoutes } from './description.ts'
import { type Mailbox, openMailbox } from './mailbox.ts'
import { openShop, type Shop } from './shop.ts'
import { tour } from './tour.ts'

let shop: Shop
let mailbox: Mailbox

beforeAll(async () => {
  mailbox = await openMailbox()
  shop = await openShop({
    ci: { check: 'test ! -e b.txt' },
    events,
    webhook: { url: mailbox.url, secret: 'a secret of the tour' },
  })
})

afterAll(async () => {
  await shop.close()
  await mailbox.close()
})

const events = [
  'push',
  'create',
  'delete',
  'fork',
  'status',
  'check_run',
  'check_suite',
  'workflow_run',
  'workflow_job',
  'issues',
  'issue_comment',
  'pull_request',
  'pull_request_review',
  'deployment',
  'deployment_status',
  'deployment_protection_rule',
]

test.for(Object.entries(tour))(
  'what is asked and answered about %s is as GitHub describes it',
  async ([, walk]) => {
    await walk(shop)
    await shop.github.settled()

    expect(shop.github.takeDeviations()).toEqual([])
  },
)

test('deliveries are listed, told and sent again', async () => {
  const { apps } = shop.asApp.rest
  const { data } = await apps.listWebhookDeliveries({ per_page: 5 })
  const one = { delivery_id: data[0]?.id ?? 0 }
  await apps.getWebhookDelivery(one)
  await apps.redeliverWebhookDelivery(one)
  await shop.github.settled()

  expect(shop.github.takeDeviations()).toEqual([])
})

test('the tour has asked for every route the server describes, with success', () => {
  const succeeded = shop.github.served.filter(({ status }) => status < 400)
  const asked = new Set(succeeded.map(({ route }) => route))

  expect(describedRoutes.filter((route) => !asked.has(route))).toEqual([])
})

test('the tour has set off every webhook the server describes', async () => {
  shop.github.suspend(shop.installation)
  shop.github.resume(shop.installation)
  shop.github.choose(shop.installation)
  shop.github.choose(shop.installation, shop.repository)
  shop.github.uninstall(shop.installation)
  await shop.github.settled()
  const sent = new Set(
    mailbox.letters.map(({ event, action }) => (action === null ? event : `${event}.${action}`)),
  )

  expect(describedPayloads.filter((name) => !sent.has(name))).toEqual([])
  expect(shop.github.takeDeviations()).toEqual([])
})
