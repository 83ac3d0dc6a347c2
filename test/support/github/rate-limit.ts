import { createHash } from 'node:crypto'

import type { Context } from 'hono'

import type { Env } from './context.ts'

const hour = 3600
const most = 5000

interface Window {
  used: number
  /** Unix seconds. */
  readonly reset: number
}

export interface RateLimits {
  /** Counts a request of whoever sent this header, and writes GitHub's headers. */
  count(c: Context<Env>, costs: number): void
  of(c: Context<Env>): { limit: number; remaining: number; reset: number; used: number }
}

/** The primary limit: 5,000 requests an hour for each credential. It counts; only faults refuse. */
export function rateLimits(now: () => Date): RateLimits {
  const windows = new Map<string, Window>()
  const windowOf = (c: Context<Env>): Window => {
    const key = createHash('sha256')
      .update(c.req.header('authorization') ?? '')
      .digest('hex')
    const known = windows.get(key)
    const seconds = Math.floor(now().getTime() / 1000)
    if (known !== undefined && known.reset > seconds) return known
    const fresh = { used: 0, reset: seconds + hour }
    windows.set(key, fresh)
    return fresh
  }
  const of = (c: Context<Env>) => {
    const { used, reset } = windowOf(c)
    return { limit: most, remaining: Math.max(0, most - used), reset, used }
  }
  return {
    of,
    count(c, costs) {
      windowOf(c).used += costs
      const { limit, remaining, reset, used } = of(c)
      c.header('x-ratelimit-limit', String(limit))
      c.header('x-ratelimit-remaining', String(remaining))
      c.header('x-ratelimit-reset', String(reset))
      c.header('x-ratelimit-used', String(used))
      c.header('x-ratelimit-resource', 'core')
    },
  }
}
