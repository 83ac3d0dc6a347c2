import { z } from 'zod'

import { commandIn } from './command.ts'
import { events, ignored } from './delivery.ts'
import { id, inRepository, inRepositoryOf } from './payload.ts'
import { translation } from './translation.ts'

const payload = z.object({
  ...inRepository,
  issue: z.object({
    number: id,
    state: z.string().nullish(),
    pull_request: z.unknown().optional(),
  }),
  comment: z.object({ id, body: z.string() }),
})

/** The comment `/auto-fix` under an issue or pull request, when it is written and never when it is edited. */
export const fromIssueComment = translation({
  actions: ['created'],
  payload,
  tell(sent, delivery) {
    if (commandIn(sent.comment.body) !== 'auto-fix') return ignored('not-asked')
    return events({
      kind: 'fix-asked',
      ...inRepositoryOf(sent, delivery),
      by: 'comment',
      number: sent.issue.number,
      onPull: Boolean(sent.issue.pull_request),
      open: sent.issue.state !== 'closed',
      commentId: sent.comment.id,
    })
  },
})
