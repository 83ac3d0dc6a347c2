import { z } from 'zod'

import type { HubEvent } from '#domain/hub-event.ts'

import { events, ignored } from './delivery.ts'
import { id, inRepository, inRepositoryOf, pull, pullsOf, redness } from './payload.ts'
import { translation } from './translation.ts'

const payload = z.object({
  ...inRepository,
  workflow_run: z.object({
    id,
    name: z.string().nullish(),
    event: z.string().nullish(),
    head_sha: z.string(),
    head_branch: z.string().nullable(),
    conclusion: z.string().nullable(),
    head_repository: z.object({ id }).nullish(),
    pull_requests: z.array(pull),
  }),
})

/** A workflow of GitHub Actions ended red, or was started by hand: a deploy may be. Of the three tellings of a failure only this one names the head's repository. */
export const fromWorkflowRun = translation({
  actions: ['completed'],
  payload,
  tell(sent, delivery) {
    const run = sent.workflow_run
    const conclusion = redness(run.conclusion)
    const of = inRepositoryOf(sent, delivery)
    const byHand: readonly HubEvent[] =
      run.event === 'workflow_dispatch'
        ? [{ kind: 'deployment-reported', ...of, environment: null, sha: run.head_sha }]
        : []
    if (conclusion === null) return byHand.length > 0 ? events(...byHand) : ignored('not-red')
    return events(...byHand, {
      kind: 'check-failed',
      ...of,
      source: 'workflow-run',
      conclusion,
      head: {
        sha: run.head_sha,
        branch: run.head_branch,
        repositoryId: run.head_repository?.id ?? null,
      },
      pulls: pullsOf(run.pull_requests, sent),
      check: { id: run.id, name: run.name || null },
      reporter: null,
    })
  },
})
