import { setTimeout as sleep } from 'node:timers/promises'

import type { Context } from 'hono'

import type { Env } from './context.ts'

/** What goes wrong, once a request of this route comes in. */
export type Fault =
  | { readonly kind: 'primary-limit'; readonly resetsInSeconds: number }
  | {
      readonly kind: 'secondary-limit'
      readonly status: 403 | 429
      /** null: GitHub does not always say. */
      readonly retryAfterSeconds: number | null
    }
  | {
      readonly kind: 'server-error'
      readonly status: 500 | 502 | 503
      readonly effect: 'done' | 'not-done'
    }
  | { readonly kind: 'connection-reset'; readonly effect: 'done' | 'not-done' }
  /** The effect is done, and the answer lets one wait. */
  | { readonly kind: 'slow'; readonly milliseconds: number }
  /** The effect is done and the answer not yet given. */
  | { readonly kind: 'afterwards'; readonly act: () => Promise<void> }
  /** Somebody is faster: runs before the request is looked at. */
  | { readonly kind: 'meanwhile'; readonly act: () => Promise<void> }

interface FaultRule {
  /** As GitHub's description writes it: `POST /repos/{owner}/{repo}/pulls`; `*` is every route. */
  readonly route: string
  readonly fault: Fault
  /** How many requests it meets; for ever if left out. */
  readonly times?: number
  /** How many requests pass first. */
  readonly after?: number
}

export interface Faults {
  add(rule: FaultRule): void
  clear(): void
  /** The fault that meets this request, if any; counts it. */
  meeting(route: string): Fault | null
}

export function noFaults(): Faults {
  const rules: { rule: FaultRule; seen: number }[] = []
  return {
    add: (rule) => rules.push({ rule, seen: 0 }),
    clear: () => rules.splice(0),
    meeting(route) {
      for (const entry of rules.filter(({ rule }) => rule.route === '*' || rule.route === route)) {
        const { times = Number.POSITIVE_INFINITY, after = 0, fault } = entry.rule
        entry.seen += 1
        if (entry.seen > after && entry.seen <= after + times) return fault
      }
      return null
    },
  }
}

/** Answers in the fault's place, before (`next` not called) or after the effect. */
export async function suffer(
  c: Context<Env>,
  fault: Fault,
  next: () => Promise<void>,
): Promise<Response | undefined> {
  switch (fault.kind) {
    case 'primary-limit':
      return limited(c, fault.resetsInSeconds)
    case 'secondary-limit':
      return secondary(c, fault)
    case 'server-error':
      if (fault.effect === 'done') await next()
      c.res = c.json({ message: 'Server Error' }, fault.status)
      return undefined
    case 'connection-reset':
      if (fault.effect === 'done') await next()
      c.env.incoming.socket.destroy()
      c.res = c.body(null, 500)
      return undefined
    case 'slow':
      await next()
      return undefined
    case 'afterwards':
      await next()
      await fault.act()
      return undefined
    case 'meanwhile':
      await fault.act()
      await next()
      return undefined
  }
}

/** What is done and on record already lets its answer wait. */
export async function linger(fault: Fault | null): Promise<void> {
  if (fault?.kind === 'slow') await sleep(fault.milliseconds)
}

function limited(c: Context<Env>, seconds: number): Response {
  c.header('x-ratelimit-limit', '5000')
  c.header('x-ratelimit-remaining', '0')
  c.header('x-ratelimit-used', '5000')
  c.header('x-ratelimit-reset', String(Math.ceil(Date.now() / 1000) + seconds))
  c.header('x-ratelimit-resource', 'core')
  const message = 'API rate limit exceeded for installation ID 1.'
  return c.json({ message, documentation_url: documentation }, 403)
}

function secondary(c: Context<Env>, fault: Extract<Fault, { kind: 'secondary-limit' }>): Response {
  if (fault.retryAfterSeconds !== null) c.header('retry-after', String(fault.retryAfterSeconds))
  const message =
    'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.'
  return c.json(
    { message, documentation_url: `${documentation}#about-secondary-rate-limits` },
    fault.status,
  )
}

const documentation = 'https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api'
