import { z } from 'zod'

import { askedBy, changedWords } from './asked.ts'
import { id, inRepository } from './payload.ts'
import { translation } from './translation.ts'

const payload = z.object({
  ...inRepository,
  action: z.enum(['submitted', 'edited', 'dismissed']),
  review: z.object({
    id,
    body: z.string().nullable(),
    commit_id: z.string().nullable(),
    submitted_at: z.iso.datetime().nullable(),
  }),
  pull_request: z.object({ number: id }),
})

/** A command in the words of a review: it is about the commit that was reviewed. */
export const fromPullRequestReview = translation({
  actions: ['submitted', 'edited', 'dismissed'],
  payload,
  tell(sent, delivery) {
    const { review, action, pull_request: pull } = sent
    const source = `review ${review.id}`
    if (action !== 'submitted') return changedWords({ sent, source, how: action }, delivery)
    const written = {
      sent,
      body: review.body ?? '',
      number: pull.number,
      onPull: true,
      open: true,
      commentId: null,
      source,
      seen: review.commit_id,
      at: review.submitted_at,
      byApp: false,
    }
    return askedBy(written, delivery)
  },
})
