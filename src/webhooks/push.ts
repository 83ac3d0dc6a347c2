import { z } from 'zod'

import { events, ignored } from './delivery.ts'
import { inRepository, inRepositoryOf } from './payload.ts'
import { translation } from './translation.ts'

const payload = z.object({
  ...inRepository,
  ref: z.string(),
  before: z.string(),
  after: z.string(),
  forced: z.boolean().nullish(),
  pusher: z.object({ name: z.string() }),
  /** At most 2048 of them, as GitHub says. */
  commits: z.array(z.object({ message: z.string() })).nullish(),
  head_commit: z.object({ message: z.string() }).nullish(),
})

const branches = 'refs/heads/'

/** Somebody pushed to a branch: what we judged there may not be there any more. */
export const fromPush = translation({
  actions: null,
  payload,
  tell(sent, delivery) {
    const branch = sent.ref.startsWith(branches) ? sent.ref.slice(branches.length) : ''
    if (branch === '') return ignored('not-a-branch')
    return events({
      kind: 'branch-pushed',
      ...inRepositoryOf(sent, delivery),
      ref: sent.ref,
      branch,
      before: unlessNothing(sent.before),
      after: unlessNothing(sent.after),
      forced: sent.forced === true,
      pusher: sent.pusher.name,
      messages: (sent.commits ?? []).map(({ message }) => message),
      message: sent.head_commit?.message ?? null,
    })
  },
})

/** Git writes nothing as a commit of zeros. */
function unlessNothing(sha: string): string | null {
  return /^0+$/.test(sha) ? null : sha
}
