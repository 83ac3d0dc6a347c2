import { z } from 'zod'

import type { MetricQuestion } from '#domain/deploy.ts'
import { type Counts, counts } from '#domain/watch.ts'
import type { MetricSource } from '#ports/deployments.ts'

import type { Ask } from './asked.ts'
import type { Sentry } from './sentry.ts'

type Window = Parameters<MetricSource['count']>[1]

const timeoutMs = 10_000

/** Errors as a Prometheus, a Sentry or a JSON document counts them; what cannot be read is null, and no zero. */
export function httpMetrics(ask: Ask, sentry: Sentry | null): Pick<MetricSource, 'count'> {
  return {
    async count(question, window) {
      try {
        if ('sentry' in question) return (await sentry?.(question, window)) ?? null
        return 'json' in question
          ? await fromJson(ask, question.json, window)
          : await fromPrometheus(ask, question, window)
      } catch {
        return null
      }
    },
  }
}

async function fromJson(ask: Ask, template: string, { from, to }: Window): Promise<Counts | null> {
  const address = template
    .replaceAll(/\{from\}|%7Bfrom%7D/gi, encodeURIComponent(from.toISOString()))
    .replaceAll(/\{to\}|%7Bto%7D/gi, encodeURIComponent(to.toISOString()))
  const { status, text } = await ask(address, timeoutMs)
  return status === 200 ? counts.parse(JSON.parse(text)) : null
}

/** Prometheus extrapolates increases, so what it counts is a fraction now and then. */
async function fromPrometheus(
  ask: Ask,
  question: Extract<MetricQuestion, { prometheus: string }>,
  window: Window,
): Promise<Counts | null> {
  const requests = await valueOf(ask, question, { query: question.requests, window })
  const errors = await valueOf(ask, question, { query: question.errors, window })
  if (requests === null) return null
  // No series of errors is no error, as long as there are requests.
  const most = Math.round(requests)
  return { errors: Math.min(Math.round(errors ?? 0), most), requests: most }
}

const vector = z.object({
  status: z.literal('success'),
  data: z.object({
    resultType: z.literal('vector'),
    result: z.array(z.object({ value: z.tuple([z.number(), z.coerce.number()]) })),
  }),
})

/** The sum of what an instant query gives at the end of the window. */
async function valueOf(
  ask: Ask,
  { prometheus }: { readonly prometheus: string },
  { query, window: { from, to } }: { readonly query: string; readonly window: Window },
): Promise<number | null> {
  const seconds = Math.max(1, Math.round((to.getTime() - from.getTime()) / 1000))
  const address = new URL('api/v1/query', prometheus.endsWith('/') ? prometheus : `${prometheus}/`)
  address.searchParams.set('query', query.replaceAll('{window}', `${seconds}s`))
  address.searchParams.set('time', String(to.getTime() / 1000))
  const { text } = await ask(address.href, timeoutMs)
  const { result } = vector.parse(JSON.parse(text)).data
  const sum = result.reduce((total, { value }) => total + value[1], 0)
  return result.length === 0 || !Number.isFinite(sum) ? null : sum
}
