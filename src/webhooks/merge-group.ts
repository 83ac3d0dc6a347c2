import { z } from 'zod'

import { events, ignored } from './delivery.ts'
import { inRepository, inRepositoryOf } from './payload.ts'
import { translation } from './translation.ts'

const payload = z.object({
  ...inRepository,
  action: z.literal('checks_requested'),
  merge_group: z.object({ head_sha: z.string(), head_ref: z.string() }),
})

/** A merge queue asks for the checks of what it would merge; those before it in the queue have groups of their own. */
export const fromMergeGroup = translation({
  actions: ['checks_requested'],
  payload,
  tell(sent, delivery) {
    const { head_sha: sha, head_ref: ref } = sent.merge_group
    const number = Number(/\/pr-(\d+)-[0-9a-f]+$/.exec(ref)?.[1])
    if (!Number.isInteger(number)) return ignored('unreadable', 'merge_group.head_ref')
    return events({ kind: 'merge-queued', ...inRepositoryOf(sent, delivery), number, sha })
  },
})
