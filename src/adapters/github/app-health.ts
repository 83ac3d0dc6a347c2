import type { Octokit } from '@octokit/rest'
import { z } from 'zod'

import type {
  AppAnswer,
  AppHealth,
  DeliveryHealth,
  HookHealth,
  InstallationHealth,
} from '#domain/app-health.ts'
import type { Clock } from '#ports/world.ts'

/** Looks at the App from GitHub's side. Reads only; throws only where GitHub breaks off in the middle. */
export async function appHealth(app: Octokit, clock: Clock): Promise<AppHealth> {
  const { answer, aheadMs } = await whoWeAre(app, clock)
  if (answer.kind !== 'known') {
    const hook = { url: null, hasSecret: false }
    return { answer, aheadMs, installations: [], hook, deliveries: [] }
  }
  const installations = await installationsOf(app)
  const hook = await hookOf(app)
  return { answer, aheadMs, installations, hook, deliveries: await deliveriesOf(app) }
}

async function whoWeAre(
  app: Octokit,
  clock: Clock,
): Promise<Pick<AppHealth, 'answer' | 'aheadMs'>> {
  const asked = clock.now().getTime()
  const ahead = (date: string | undefined): number | null => {
    if (date === undefined) return null
    // Whole seconds, told about in the middle of the exchange.
    return (asked + clock.now().getTime()) / 2 - (Date.parse(date) + 500)
  }
  try {
    const { data, headers } = await app.rest.apps.getAuthenticated()
    return { answer: known(data), aheadMs: ahead(headers.date) }
  } catch (error) {
    const refused = refusal.safeParse(error)
    const said = error instanceof Error ? error.message : String(error)
    if (!refused.success) return { answer: { kind: 'silent', said }, aheadMs: null }
    const { status, response } = refused.data
    return { answer: { kind: 'refused', status, said }, aheadMs: ahead(response.headers.date) }
  }
}

const refusal = z.object({
  status: z.number(),
  response: z.object({ headers: z.object({ date: z.string().optional() }) }),
})

const levels = z.record(z.string(), z.string())
const self = z.object({
  id: z.number(),
  html_url: z.string(),
  permissions: levels,
  events: z.array(z.string()),
})

function known(data: unknown): AppAnswer {
  const { id, html_url: page, permissions, events } = self.parse(data)
  return { kind: 'known', id, page, granted: { permissions, events } }
}

async function installationsOf(app: Octokit): Promise<readonly InstallationHealth[]> {
  const all = await app.paginate(app.rest.apps.listInstallations, { per_page: 100 })
  return all.map(({ account, html_url: page, permissions, events, suspended_at }) => ({
    account: accountName.parse(account),
    page,
    granted: { permissions: levels.parse(permissions), events },
    isSuspended: suspended_at !== null,
  }))
}

/** People and organisations have a login, enterprises a slug. */
const accountName = z.union([
  z.object({ login: z.string() }).transform(({ login }) => login),
  z.object({ slug: z.string() }).transform(({ slug }) => slug),
])

async function hookOf(app: Octokit): Promise<HookHealth> {
  const { data } = await app.rest.apps.getWebhookConfigForApp()
  return { url: data.url ?? null, hasSecret: (data.secret ?? '') !== '' }
}

async function deliveriesOf(app: Octokit): Promise<readonly DeliveryHealth[]> {
  const { data } = await app.rest.apps.listWebhookDeliveries({ per_page: 30 })
  const [newest] = data
  const said = newest === undefined ? '' : await answerTo(app, newest)
  return data.map(({ event, status, status_code }, index) => ({
    event,
    status: status_code,
    said: index === 0 && said !== '' ? said : status,
  }))
}

/** What the address answered to the newest one: there a wrong secret shows. Empty where GitHub does not say. */
async function answerTo(
  app: Octokit,
  { id, status_code }: { readonly id: number; readonly status_code: number },
): Promise<string> {
  if (status_code < 400 || status_code >= 500) return ''
  const { data } = await app.rest.apps.getWebhookDelivery({ delivery_id: id })
  return z.string().catch('').parse(data.response.payload)
}
