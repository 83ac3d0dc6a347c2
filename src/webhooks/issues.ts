import { z } from 'zod'

import type { Heard } from '#domain/heard.ts'
import { incidentIn } from '#domain/incident.ts'

import { type Delivery, events, ignored } from './delivery.ts'
import { asksForFix, label } from './label.ts'
import { id, inRepository, inRepositoryOf } from './payload.ts'
import { translation } from './translation.ts'

const issue = z.object({ number: id, state: z.string().nullish() })

const labelled = z.object({
  ...inRepository,
  action: z.literal('labeled'),
  label,
  issue: issue.extend({ pull_request: z.unknown().optional() }),
})

const changed = z.object({
  ...inRepository,
  action: z.enum(['closed', 'reopened']),
  issue: issue.extend({
    body: z.string().nullish(),
    user: z.object({ login: z.string() }).nullish(),
    closed_at: z.iso.datetime().nullish(),
    updated_at: z.iso.datetime(),
  }),
})

/** The label `auto-fix` on an issue, and the end of an incident that we opened. */
export const fromIssues = translation({
  actions: ['labeled', 'closed', 'reopened'],
  payload: z.discriminatedUnion('action', [labelled, changed]),
  tell(sent, delivery) {
    if (sent.action !== 'labeled') return incidentFrom(sent, delivery)
    if (!asksForFix(sent.label)) return ignored('not-asked')
    return events({
      kind: 'fix-asked',
      ...inRepositoryOf(sent, delivery),
      by: 'label',
      number: sent.issue.number,
      onPull: Boolean(sent.issue.pull_request),
      open: sent.issue.state !== 'closed',
      commentId: null,
    })
  },
})

/** Ours is an issue that we wrote: anybody may write our mark into their own. */
function incidentFrom(sent: z.infer<typeof changed>, delivery: Delivery): Heard {
  const { number, body, user, closed_at: closedAt, updated_at: at } = sent.issue
  const runId = incidentIn(body ?? '')
  const isOurs = user?.login.toLowerCase() === delivery.us.login?.toLowerCase()
  if (runId === null || !isOurs || delivery.us.login === null) return ignored('not-asked')
  return events({
    kind: 'incident-changed',
    ...inRepositoryOf(sent, delivery),
    number,
    runId,
    at,
    closedAt: sent.action === 'closed' ? (closedAt ?? at) : null,
  })
}
