import { Hono } from 'hono'
import { z } from 'zod'

import { bodyOf, type Env, numbered } from '../context.ts'
import { time } from '../house.ts'
import { pageOf } from '../paging.ts'
import type { App } from '../state.ts'
import type { Courier } from '../webhooks/courier.ts'
import type { Delivery } from '../webhooks/delivery.ts'
import { theApp } from './apps.ts'

/** An app's webhook address, and what was sent to it. */
export function hookRoutes(courier: Pick<Courier, 'redeliver'>): Hono<Env> {
  const routes = new Hono<Env>()
  routes.get('/app/hook/config', (c) => c.json(configOf(theApp(c))))
  routes.patch('/app/hook/config', async (c) => {
    const app = theApp(c)
    const { url, secret } = await bodyOf(c, configShape)
    app.hook = { url: url ?? app.hook.url, secret: secret ?? app.hook.secret }
    return c.json(configOf(app))
  })
  routes.get('/app/hook/deliveries', (c) => {
    const newest = [...theApp(c).deliveries].toReversed()
    const cursor = Number(c.req.query('cursor') ?? Number.POSITIVE_INFINITY)
    const status = c.req.query('status')
    const wanted = newest
      .filter(({ id }) => id < cursor)
      .filter((one) => status === undefined || (status === 'success') === succeeded(one))
    return c.json(cursorPage(c, wanted).map(itemAnswer))
  })
  routes.get('/app/hook/deliveries/:delivery', (c) => {
    const delivery = numbered(c, 'delivery', theApp(c).deliveries)
    return c.json(deliveryAnswer(delivery, theApp(c)))
  })
  routes.post('/app/hook/deliveries/:delivery/attempts', (c) => {
    const app = theApp(c)
    void courier.redeliver(app, numbered(c, 'delivery', app.deliveries))
    return c.json({}, 202)
  })
  return routes
}

const configShape = z.object({
  url: z.string().optional(),
  secret: z.string().optional(),
  content_type: z.string().optional(),
  insecure_ssl: z.union([z.string(), z.number()]).optional(),
})

function configOf({ hook }: App) {
  return {
    content_type: 'json',
    insecure_ssl: '0',
    ...(hook.secret === null ? {} : { secret: '********' }),
    ...(hook.url === null ? {} : { url: hook.url }),
  }
}

function succeeded({ statusCode }: Delivery): boolean {
  return statusCode >= 200 && statusCode < 400
}

/** Deliveries are paged by a cursor, not by numbers. */
function cursorPage(c: Parameters<typeof pageOf>[0], all: readonly Delivery[]) {
  const size = Math.min(Number(c.req.query('per_page') ?? 30), 100)
  const items = all.slice(0, size)
  const last = items.at(-1)
  if (last !== undefined && all.length > size) {
    const next = new URL(c.req.url)
    next.searchParams.set('cursor', String(last.id))
    c.header('Link', `<${next.href}>; rel="next"`)
  }
  return items
}

function itemAnswer(delivery: Delivery) {
  const { id, guid, redelivery, duration, status, statusCode, event } = delivery
  return {
    id,
    guid,
    delivered_at: time(delivery.deliveredAt),
    redelivery,
    duration,
    status,
    status_code: statusCode,
    event: event.name,
    action: event.action,
    installation_id: delivery.installationId,
    repository_id: event.repository?.id ?? null,
    throttled_at: null,
  }
}

function deliveryAnswer(delivery: Delivery, { hook }: App) {
  const { headers, body, answer } = delivery
  const payload: unknown = JSON.parse(body)
  return {
    ...itemAnswer(delivery),
    url: hook.url ?? '',
    request: { headers, payload },
    response: { headers: answer?.headers ?? null, payload: answer?.body ?? null },
  }
}
