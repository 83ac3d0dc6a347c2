import { z } from 'zod'

import { events, ignored } from './delivery.ts'
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
  check_run: z.object({
    id,
    name: z.string(),
    head_sha: z.string(),
    conclusion: z.string().nullable(),
    check_suite: z.object({ head_branch: z.string().nullish() }).nullish(),
    app,
    pull_requests: z.array(pull),
  }),
})

/** One check ended; a red one may be repaired. Our own checks are reports, not failures. */
export const fromCheckRun = translation({
  actions: ['completed'],
  payload,
  tell(sent, delivery) {
    const check = sent.check_run
    if (check.app?.id === delivery.us.appId) return ignored('own-check')
    const conclusion = redness(check.conclusion)
    if (conclusion === null) return ignored('not-red')
    return events({
      kind: 'check-failed',
      ...inRepositoryOf(sent, delivery),
      source: 'check-run',
      conclusion,
      head: {
        sha: check.head_sha,
        branch: check.check_suite?.head_branch ?? null,
        repositoryId: null,
      },
      pulls: pullsOf(check.pull_requests, sent),
      check: { id: check.id, name: check.name },
      reporter: reporterOf(check.app),
    })
  },
})
