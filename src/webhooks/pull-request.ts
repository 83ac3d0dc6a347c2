import { z } from 'zod'

import type { Heard } from '#domain/heard.ts'

import { type Delivery, events, ignored } from './delivery.ts'
import { asksForFix, label } from './label.ts'
import { account, accountOf, inRepository, inRepositoryOf, pull, pullOf } from './payload.ts'
import { translation } from './translation.ts'

const actions = ['opened', 'reopened', 'closed', 'labeled'] as const

const payload = z.object({
  ...inRepository,
  action: z.enum(actions),
  label: label.nullish(),
  pull_request: pull.extend({
    state: z.string(),
    merged: z.boolean().nullish(),
    merged_by: account.nullish(),
    user: account.nullish(),
  }),
})

/** A pull request was opened, or closed, merged or not; or got the label `auto-fix`. */
export const fromPullRequest = translation({
  actions,
  payload,
  tell(sent, delivery) {
    switch (sent.action) {
      case 'closed':
        return closed(sent, delivery)
      case 'labeled':
        return labeled(sent, delivery)
      case 'opened':
      case 'reopened':
        return opened(sent, delivery)
    }
  },
})

function opened(sent: z.infer<typeof payload>, delivery: Delivery): Heard {
  const { number, head, base } = sent.pull_request
  return events({
    kind: 'pull-request-opened',
    ...inRepositoryOf(sent, delivery),
    pull: pullOf({ number, head, base }),
  })
}

function closed(sent: z.infer<typeof payload>, delivery: Delivery): Heard {
  const { merged, merged_by: mergedBy, user, ...rest } = sent.pull_request
  return events({
    kind: 'pull-request-closed',
    ...inRepositoryOf(sent, delivery),
    pull: pullOf(rest),
    merged: merged === true,
    mergedBy: mergedBy ? accountOf(mergedBy) : null,
    author: user ? accountOf(user) : null,
  })
}

function labeled(sent: z.infer<typeof payload>, delivery: Delivery): Heard {
  if (!sent.label || !asksForFix(sent.label)) return ignored('not-asked')
  return events({
    kind: 'fix-asked',
    ...inRepositoryOf(sent, delivery),
    by: 'label',
    number: sent.pull_request.number,
    onPull: true,
    open: sent.pull_request.state !== 'closed',
    commentId: null,
  })
}
