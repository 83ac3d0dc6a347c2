import { randomBytes } from 'node:crypto'

import { Hono } from 'hono'
import { z } from 'zod'

import { appAnswer } from '../answers/accounts.ts'
import { registered, type RegisteredApp } from '../cast.ts'
import { type Env, param, type Request } from '../context.ts'
import type { House } from '../house.ts'
import { notFound } from '../refusal.ts'

/** As GitHub documents manifests; what it does not know is refused, so that a slip shows. */
const manifestShape = z.strictObject({
  name: z.string().min(1).max(34),
  url: z.url(),
  hook_attributes: z.strictObject({ url: z.url(), active: z.boolean().optional() }),
  redirect_url: z.url(),
  callback_urls: z.array(z.url()).optional(),
  setup_url: z.url().optional(),
  description: z.string().optional(),
  public: z.boolean().optional(),
  default_events: z.array(z.string()).default([]),
  default_permissions: z.record(z.string(), z.enum(['read', 'write', 'admin'])).default({}),
})

/** Codes that were given out and not used. Each works once. */
const waiting = new WeakMap<House, Map<string, RegisteredApp>>()

function codesOf(house: House): Map<string, RegisteredApp> {
  const known = waiting.get(house) ?? new Map<string, RegisteredApp>()
  waiting.set(house, known)
  return known
}

/** The page a manifest is posted to. A person would name the App there and confirm; here that is taken as done. */
export function registrationPages(house: House): Hono<Env> {
  const routes = new Hono<Env>()
  for (const path of ['/settings/apps/new', '/organizations/:organization/settings/apps/new'])
    routes.post(path, (c) => register(house, c))
  return routes
}

async function register(house: House, c: Request) {
  const text = new URLSearchParams(await c.req.text()).get('manifest') ?? '{}'
  const parsed = manifestShape.safeParse(JSON.parse(text))
  if (!parsed.success) return c.text(parsed.error.message, 422)
  const { name, hook_attributes: hook, redirect_url, ...asked } = parsed.data
  const code = randomBytes(20).toString('hex')
  const app = registered(house.state, {
    slug: name.toLowerCase().replaceAll(/[^a-z\d]+/g, '-'),
    name,
    permissions: asked.default_permissions,
    events: asked.default_events,
    webhook: { url: hook.url, secret: randomBytes(20).toString('hex') },
  })
  codesOf(house).set(code, app)
  const back = new URL(redirect_url)
  back.searchParams.set('code', code)
  const state = c.req.query('state')
  if (state !== undefined) back.searchParams.set('state', state)
  return c.redirect(back.href)
}

/** Hands out what only the App's owner may know, once. */
export function conversionRoutes(house: House): Hono<Env> {
  const routes = new Hono<Env>()
  routes.post('/app-manifests/:code/conversions', (c) => {
    const code = param(c, 'code')
    const found = codesOf(house).get(code)
    if (found === undefined) throw notFound()
    codesOf(house).delete(code)
    const { app, privateKey: pem } = found
    const own = { client_secret: 'of no use here', webhook_secret: app.hook.secret, pem }
    return c.json({ ...appAnswer(house, app), ...own }, 201)
  })
  return routes
}
