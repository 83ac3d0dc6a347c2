import { z } from 'zod'

import { events, ignored } from './delivery.ts'
import { inRepository, inRepositoryOf } from './payload.ts'
import { translation } from './translation.ts'

const payload = z.object({
  ...inRepository,
  deployment: z.object({ sha: z.string() }),
  deployment_status: z.object({ state: z.string(), environment: z.string() }),
})

/** GitHub's words for a deploy that is over, one way or the other. */
const over = new Set(['success', 'failure', 'error'])

/** Whoever deploys says that it is over: who waits for it may look. */
export const fromDeploymentStatus = translation({
  actions: ['created'],
  payload,
  tell(sent, delivery) {
    const { state, environment } = sent.deployment_status
    if (!over.has(state)) return ignored('not-over')
    return events({
      kind: 'deployment-reported',
      ...inRepositoryOf(sent, delivery),
      environment,
      sha: sent.deployment.sha,
    })
  },
})
