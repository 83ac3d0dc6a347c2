import { z } from 'zod'

import { mayCount } from '#domain/deploy-setting.ts'
import type { MetricQuestion } from '#domain/deploy.ts'
import type { Counts } from '#domain/watch.ts'
import type { MetricSource } from '#ports/deployments.ts'

interface At {
  readonly url: string
  readonly token: string
  /** `organization/project`, or `*` for any that the token reaches. */
  readonly projects: readonly string[]
}

type Window = Parameters<MetricSource['count']>[1]
type Question = Extract<MetricQuestion, { sentry: string }>

/** Errors and requests of a project; null where Sentry does not say. May throw where it does not answer. */
export type Sentry = (question: Question, window: Window) => Promise<Counts | null>

const timeoutMs = 10_000

/**
 * Sentry's own counts ("Query Explore Events in Table Format", docs.sentry.io/api/explore): events of errors, and transactions
 * as requests. One request may report several errors, and no more than all can fail.
 */
export function sentryCounts({ url, token, projects }: At): Sentry {
  const count = async (question: Question, window: Window, of: Events): Promise<number | null> => {
    const address = new URL(`${url}/api/0/organizations/${question.sentry}/events/`)
    address.search = searchFor(question, window, of).toString()
    const answer = await fetch(address, {
      headers: { authorization: `Bearer ${token}` },
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    })
    return answer.ok ? (counted.parse(await answer.json()).data[0]?.['count()'] ?? null) : null
  }
  return async (question, window) => {
    if (!mayCount(projects, question)) return null
    const requests = await count(question, window, transactions)
    const errors = await count(question, window, { dataset: 'errors', query: question.query })
    return requests === null || errors === null
      ? null
      : { errors: Math.min(errors, requests), requests }
  }
}

interface Events {
  readonly dataset: 'errors' | 'spans'
  readonly query: string
}

const transactions: Events = { dataset: 'spans', query: 'is_transaction:true' }

/** Sentry extrapolates what was sampled, so a count may be a fraction. */
const whole = z.number().nonnegative().transform(Math.round)
const counted = z.object({ data: z.array(z.object({ 'count()': whole })) })

function searchFor({ project, environment }: Question, { from, to }: Window, of: Events) {
  return new URLSearchParams({
    ...of,
    field: 'count()',
    project: String(project),
    ...(environment !== null && { environment }),
    start: from.toISOString(),
    end: to.toISOString(),
  })
}
