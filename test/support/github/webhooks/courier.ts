import { randomUUID } from 'node:crypto'

import { covers } from '../access.ts'
import { complaints, type Deviation } from '../contract.ts'
import { payloadCheck } from '../description.ts'
import { type House, nextId, nodeId } from '../house.ts'
import { keep } from '../kept.ts'
import type { App, Installation } from '../state.ts'
import type { Delivery } from './delivery.ts'
import type { WebhookEvent } from './event.ts'
import { headersOf, payloadOf } from './payload.ts'

/** What becomes of an event on its way to one app. */
type Fate =
  | { readonly kind: 'arrives'; readonly times?: number; readonly afterMilliseconds?: number }
  /** Nobody answers; it stands in the list of deliveries as failed. */
  | { readonly kind: 'fails' }
  /** Never sent and never listed. */
  | { readonly kind: 'vanishes' }

export interface Courier {
  /** Hands an event to every app that asked for it; returns at once. */
  send(event: WebhookEvent): void
  /** Sends the same body with the same id again. */
  redeliver(app: App, delivery: Delivery): Promise<void>
  /** Decides from now on; the last rule set counts. */
  decide(rule: (delivery: Delivery) => Fate): void
  /** From now on events wait, until `release` lets them go in the order it is given. */
  hold(): void
  release(order?: (waiting: readonly Delivery[]) => readonly Delivery[]): void
  /** Resolves when nothing is on its way. */
  idle(): Promise<void>
}

interface Desk {
  readonly house: House
  readonly deviate: (deviation: Deviation) => void
  readonly track: (work: Promise<void>) => void
}

/** GitHub keeps three days of them. */
const mostDeliveries = 10_000

/** How long an address may take to answer, as on GitHub. */
const patience = 10_000

export function courierOf(desk: () => Desk): Omit<Courier, 'idle'> {
  let fateOf: (delivery: Delivery) => Fate = arrives
  let held: { app: App; delivery: Delivery }[] | null = null

  const go = (app: App, delivery: Delivery): void => {
    const fate = fateOf(delivery)
    if (fate.kind === 'vanishes') return
    if (fate.kind === 'fails') return keep(app.deliveries, failed(delivery), mostDeliveries)
    for (let copy = 0; copy < (fate.times ?? 1); copy += 1)
      desk().track(deliver(desk().house, app, { delivery, after: fate.afterMilliseconds ?? 0 }))
  }
  return {
    send(event) {
      const { house, deviate } = desk()
      for (const { app, installation } of audience(house, event)) {
        const delivery = newDelivery(house, { app, installation, event })
        judge(delivery, deviate)
        if (held === null) go(app, delivery)
        else held.push({ app, delivery })
      }
    },
    redeliver: (app, delivery) => {
      const again = { ...delivery, id: nextId(desk().house), redelivery: true }
      const work = deliver(desk().house, app, { delivery: again, after: 0 })
      desk().track(work)
      return work
    },
    decide: (rule) => {
      fateOf = rule
    },
    hold: () => {
      held ??= []
    },
    release(order = (waiting) => waiting) {
      const waiting = held ?? []
      held = null
      for (const delivery of order(waiting.map((one) => one.delivery))) {
        const app = waiting.find((one) => one.delivery === delivery)?.app
        if (app !== undefined) go(app, delivery)
      }
    },
  }
}

function arrives(): Fate {
  return { kind: 'arrives' }
}

interface Hearer {
  readonly app: App
  readonly installation: Installation | null
}

/** Events every app hears of whether it asked or not. */
const always = new Set(['installation', 'installation_repositories'])

function audience({ state }: House, event: WebhookEvent): readonly Hearer[] {
  const { repository, onlyFor } = event
  if (repository === null) return onlyFor === null ? [] : [{ app: onlyFor, installation: null }]
  return [...state.installations.values()]
    .filter(({ app, suspendedAt }) => suspendedAt === null && hears(app, event))
    .filter((installation) => covers(installation, repository))
    .filter(({ app }) => onlyFor === null || onlyFor === app)
    .map((installation) => ({ app: installation.app, installation }))
}

function hears(app: App, { name }: WebhookEvent): boolean {
  return app.hook.url !== null && (always.has(name) || app.events.includes(name))
}

function newDelivery(house: House, of: Hearer & { readonly event: WebhookEvent }): Delivery {
  const { app, installation, event } = of
  const guid = randomUUID()
  const body = JSON.stringify(
    payloadOf(house, event, installation && shortInstallation(installation)),
  )
  return {
    id: nextId(house),
    guid,
    redelivery: false,
    event,
    installationId: installation?.id ?? null,
    headers: headersOf(app, { guid, event: event.name, body }),
    body,
    deliveredAt: house.now(),
    duration: 0,
    statusCode: 0,
    status: 'PENDING',
    answer: null,
  }
}

function shortInstallation({ id }: Installation) {
  return { id, node_id: nodeId('MDIz', id) }
}

function judge({ event, body }: Delivery, deviate: (deviation: Deviation) => void): void {
  const check = payloadCheck(event.name, event.action)
  const problems = check === null ? ['no such event'] : complaints(check, JSON.parse(body))
  const route = [event.name, event.action].flatMap((part) => part ?? []).join('.')
  if (problems.length > 0) deviate({ route, side: 'webhook', problems })
}

function failed(delivery: Delivery): Delivery {
  return { ...delivery, statusCode: 502, status: 'failed to connect to host' }
}

async function deliver(
  house: House,
  app: App,
  { delivery, after }: { delivery: Delivery; after: number },
): Promise<void> {
  const entry = { ...delivery, deliveredAt: house.now() }
  keep(app.deliveries, entry, mostDeliveries)
  if (after > 0)
    await new Promise((resolve) => {
      setTimeout(resolve, after)
    })
  const start = Date.now()
  try {
    const response = await fetch(app.hook.url ?? '', {
      method: 'POST',
      headers: entry.headers,
      body: entry.body,
      signal: AbortSignal.timeout(patience),
      redirect: 'manual',
    })
    entry.statusCode = response.status
    entry.status = response.ok ? 'OK' : `Invalid HTTP Response: ${response.status}`
    const headers = Object.fromEntries(response.headers)
    entry.answer = { headers, body: await response.text() }
  } catch (error) {
    const timedOut = error instanceof Error && error.name === 'TimeoutError'
    entry.statusCode = timedOut ? 504 : 502
    entry.status = timedOut ? 'timed out' : 'failed to connect to host'
  }
  entry.duration = (Date.now() - start) / 1000
}
