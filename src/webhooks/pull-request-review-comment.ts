import { z } from 'zod'

import { askedBy, changedWords } from './asked.ts'
import { id, inRepository } from './payload.ts'
import { translation } from './translation.ts'

const payload = z.object({
  ...inRepository,
  action: z.enum(['created', 'edited', 'deleted']),
  comment: z.object({
    id,
    body: z.string(),
    original_commit_id: z.string(),
    created_at: z.iso.datetime(),
  }),
  pull_request: z.object({ number: id }),
})

/** A command at a line of the diff: it is about the commit that the line was seen in first. */
export const fromPullRequestReviewComment = translation({
  actions: ['created', 'edited', 'deleted'],
  payload,
  tell(sent, delivery) {
    const { comment, action, pull_request: pull } = sent
    const source = `review comment ${comment.id}`
    if (action !== 'created') return changedWords({ sent, source, how: action }, delivery)
    const written = {
      sent,
      body: comment.body,
      number: pull.number,
      onPull: true,
      open: true,
      commentId: null,
      source,
      seen: comment.original_commit_id,
      at: comment.created_at,
      byApp: false,
    }
    return askedBy(written, delivery)
  },
})
