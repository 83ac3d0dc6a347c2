import { z } from 'zod'

import type { Heard } from '#domain/heard.ts'
import type { HubEvent } from '#domain/hub-event.ts'

import { type Delivery, events } from './delivery.ts'
import { asksForFix, label } from './label.ts'
import { account, accountOf, inRepository, inRepositoryOf, pull, pullOf } from './payload.ts'
import { translation } from './translation.ts'

/** Those after the first two change what a deploy depends on. */
const actions = [
  'closed',
  'labeled',
  'unlabeled',
  'opened',
  'reopened',
  'synchronize',
  'edited',
  'ready_for_review',
  'converted_to_draft',
] as const

const payload = z.object({
  ...inRepository,
  action: z.enum(actions),
  label: label.nullish(),
  pull_request: pull.extend({
    state: z.string(),
    merged: z.boolean().nullish(),
    merged_by: account.nullish(),
    merge_commit_sha: z.string().nullish(),
    user: account.nullish(),
  }),
})

/** A pull request was opened, or closed, merged or not; got the label `auto-fix`; or is not what it was. */
export const fromPullRequest = translation({
  actions,
  payload,
  tell(sent, delivery) {
    if (sent.action === 'closed') return closed(sent, delivery)
    if (sent.action === 'opened' || sent.action === 'reopened') return opened(sent, delivery)
    if (sent.action === 'labeled' && sent.label && asksForFix(sent.label))
      return labeled(sent, delivery)
    return events(changed(sent, delivery))
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

function changed(sent: z.infer<typeof payload>, delivery: Delivery): HubEvent {
  const { number } = sent.pull_request
  return { kind: 'pull-changed', ...inRepositoryOf(sent, delivery), number }
}

function closed(sent: z.infer<typeof payload>, delivery: Delivery): Heard {
  const {
    merged,
    merged_by: mergedBy,
    merge_commit_sha: mergedAs,
    user,
    ...rest
  } = sent.pull_request
  return events({
    kind: 'pull-request-closed',
    ...inRepositoryOf(sent, delivery),
    pull: pullOf(rest),
    merged: merged === true,
    // Of one that is not merged it names a trial merge.
    mergedAs: merged === true ? (mergedAs ?? null) : null,
    mergedBy: mergedBy ? accountOf(mergedBy) : null,
    author: user ? accountOf(user) : null,
  })
}

function labeled(sent: z.infer<typeof payload>, delivery: Delivery): Heard {
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
