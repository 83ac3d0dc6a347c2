import { z } from 'zod'

import { askedBy, changedWords } from './asked.ts'
import { id, inRepository } from './payload.ts'
import { translation } from './translation.ts'

const payload = z.object({
  ...inRepository,
  action: z.enum(['created', 'edited', 'deleted']),
  issue: z.object({
    number: id,
    state: z.string().nullish(),
    pull_request: z.unknown().optional(),
  }),
  comment: z.object({
    id,
    body: z.string(),
    created_at: z.iso.datetime(),
    performed_via_github_app: z.unknown().optional(),
  }),
})

/** A command under an issue or pull request, when it is written and never when it is edited: that may only take it back. */
export const fromIssueComment = translation({
  actions: ['created', 'edited', 'deleted'],
  payload,
  tell(sent, delivery) {
    const { issue, comment, action } = sent
    const source = `comment ${comment.id}`
    if (action !== 'created') return changedWords({ sent, source, how: action }, delivery)
    const written = {
      sent,
      body: comment.body,
      number: issue.number,
      onPull: Boolean(issue.pull_request),
      open: issue.state !== 'closed',
      commentId: comment.id,
      source,
      seen: null,
      at: comment.created_at,
      byApp: Boolean(comment.performed_via_github_app),
    }
    return askedBy(written, delivery)
  },
})
