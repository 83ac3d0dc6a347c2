import { z } from 'zod'

import type { HubEvent } from '#domain/hub-event.ts'

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
  check_suite: z.object({
    id,
    head_sha: z.string(),
    head_branch: z.string().nullable(),
    conclusion: z.string().nullable(),
    app,
    pull_requests: z.array(pull),
  }),
})

/** All checks of one app ended: who waits is woken, and a red suite is a failure besides. */
export const fromCheckSuite = translation({
  actions: ['completed'],
  payload,
  tell(sent, delivery) {
    const suite = sent.check_suite
    if (suite.app?.id === delivery.us.appId) return ignored('own-check')
    const told = {
      ...inRepositoryOf(sent, delivery),
      head: { sha: suite.head_sha, branch: suite.head_branch, repositoryId: null },
      pulls: pullsOf(suite.pull_requests, sent),
      reporter: reporterOf(suite.app),
    }
    const ended: HubEvent = {
      kind: 'checks-completed',
      ...told,
      source: 'check-suite',
      conclusion: suite.conclusion,
    }
    const conclusion = redness(suite.conclusion)
    if (conclusion === null) return events(ended)
    const check = { id: suite.id, name: suite.app?.name ?? null }
    return events(ended, {
      kind: 'check-failed',
      ...told,
      source: 'check-suite',
      conclusion,
      check,
    })
  },
})
