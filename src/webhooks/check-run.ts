import { z } from 'zod'

import type { Heard } from '#domain/heard.ts'

import { type Delivery, events, ignored } from './delivery.ts'
import {
  app,
  id,
  inRepository,
  inRepositoryOf,
  pull,
  pullsOf,
  redness,
  reporterOf,
} from './payload.ts'
import { translation } from './translation.ts'

const payload = z.object({
  ...inRepository,
  action: z.enum(['completed', 'requested_action']),
  requested_action: z.object({ identifier: z.string() }).nullish(),
  check_run: z.object({
    id,
    external_id: z.string().nullish(),
    name: z.string(),
    head_sha: z.string(),
    conclusion: z.string().nullable(),
    check_suite: z
      .object({ head_branch: z.string().nullish(), status: z.string().nullish() })
      .nullish(),
    app,
    pull_requests: z.array(pull),
  }),
})

/**
 * One check ended: a red one may be repaired, and the last green one wakes who waits, also where no suite ends after it.
 * Our own checks are reports, not failures, and have buttons.
 */
export const fromCheckRun = translation({
  actions: ['completed', 'requested_action'],
  payload,
  tell(sent, delivery) {
    const check = sent.check_run
    if (sent.action === 'requested_action') return pressed(sent, delivery)
    if (check.app?.id === delivery.us.appId) return ignored('own-check')
    const told = {
      ...inRepositoryOf(sent, delivery),
      source: 'check-run' as const,
      head: {
        sha: check.head_sha,
        branch: check.check_suite?.head_branch ?? null,
        repositoryId: null,
      },
      pulls: pullsOf(check.pull_requests, sent),
      reporter: reporterOf(check.app),
    }
    const conclusion = redness(check.conclusion)
    if (conclusion !== null) {
      const failed = { id: check.id, name: check.name }
      return events({ kind: 'check-failed', ...told, conclusion, check: failed })
    }
    if (check.conclusion !== 'success' || !isLast(check)) return ignored('not-red')
    return events({ kind: 'checks-completed', ...told, conclusion: check.conclusion })
  },
})

/** While others of its suite are to come, a green one says nothing yet, and the suite tells its own end. */
function isLast({ check_suite: suite }: z.infer<typeof payload>['check_run']): boolean {
  return suite === null || suite?.status === 'completed'
}

/** GitHub shows a button of ours to whoever may write; the commit is the one that was looked at. */
function pressed(sent: z.infer<typeof payload>, delivery: Delivery): Heard {
  const { id: check, app, external_id: external, head_sha: seen } = sent.check_run
  const environment = /^approve:(.+)$/.exec(sent.requested_action?.identifier ?? '')?.[1]
  const number = Number(/^pull (\d+)$/.exec(external ?? '')?.[1])
  if (app?.id !== delivery.us.appId || environment === undefined || !Number.isInteger(number))
    return ignored('not-asked')
  return events({
    kind: 'command-given',
    ...inRepositoryOf(sent, delivery),
    number,
    onPull: true,
    commentId: null,
    command: {
      verb: 'approve-deploy',
      environment,
      sha: null,
      reason: null,
      emergency: false,
    },
    // Pressed twice it is one decision of one person, and another where somebody else presses.
    source: `button ${check} ${environment} ${sent.sender.id} ${delivery.id}`,
    seen,
    at: null,
    byApp: false,
  })
}
