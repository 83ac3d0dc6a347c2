import { z } from 'zod'

import type { HubEvent } from '#domain/hub-event.ts'

import { events, ignored } from './delivery.ts'
import { id, inRepository, inRepositoryOf } from './payload.ts'
import { translation } from './translation.ts'

const payload = z.object({
  ...inRepository,
  id,
  sha: z.string(),
  state: z.string(),
  context: z.string(),
  /** Up to ten that have this commit, most of them somewhere below their tip. */
  branches: z.array(z.object({ name: z.string(), commit: z.object({ sha: z.string() }) })),
})

/** Older CI tells of a commit by a status, and names neither an app nor a pull request. There is no suite that ends behind it. */
export const fromStatus = translation({
  actions: null,
  payload,
  tell(sent, delivery) {
    const conclusion = conclusions.get(sent.state)
    if (conclusion === undefined) return ignored('not-red')
    const told = {
      ...inRepositoryOf(sent, delivery),
      head: { sha: sent.sha, branch: branchOf(sent), repositoryId: null },
      pulls: [],
      reporter: null,
    }
    const ended: HubEvent = { kind: 'checks-completed', ...told, source: 'status', conclusion }
    if (conclusion === 'success') return events(ended)
    const check = { id: sent.id, name: sent.context }
    return events(ended, { kind: 'check-failed', ...told, source: 'status', conclusion, check })
  },
})

/** GitHub counts an error as red. What is pending has not ended. */
const conclusions: ReadonlyMap<string, 'success' | 'failure'> = new Map([
  ['success', 'success'],
  ['failure', 'failure'],
  ['error', 'failure'],
])

/** The branch whose tip it is; the default branch where it is that of several. */
function branchOf({ sha, branches, repository }: z.infer<typeof payload>): string | null {
  const tips = branches.filter(({ commit }) => commit.sha === sha).map(({ name }) => name)
  return tips.find((name) => name === repository.default_branch) ?? tips[0] ?? null
}
