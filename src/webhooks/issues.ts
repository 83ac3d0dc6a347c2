import { z } from 'zod'

import { events, ignored } from './delivery.ts'
import { asksForFix, label } from './label.ts'
import { id, inRepository, inRepositoryOf } from './payload.ts'
import { translation } from './translation.ts'

const payload = z.object({
  ...inRepository,
  label,
  issue: z.object({
    number: id,
    state: z.string().nullish(),
    pull_request: z.unknown().optional(),
  }),
})

/** The label `auto-fix` on an issue. */
export const fromIssues = translation({
  actions: ['labeled'],
  payload,
  tell(sent, delivery) {
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
