import { z } from 'zod'

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

/** Older CI tells of a commit by a status, and names neither an app nor a pull request. */
export const fromStatus = translation({
  actions: null,
  payload,
  tell(sent, delivery) {
    if (!red.has(sent.state)) return ignored('not-red')
    return events({
      kind: 'check-failed',
      ...inRepositoryOf(sent, delivery),
      source: 'status',
      conclusion: 'failure',
      head: { sha: sent.sha, branch: branchOf(sent), repositoryId: null },
      pulls: [],
      check: { id: sent.id, name: sent.context },
      reporter: null,
    })
  },
})

/** GitHub counts both as red. */
const red: ReadonlySet<string> = new Set(['failure', 'error'])

/** The branch whose tip it is; the default branch where it is that of several. */
function branchOf({ sha, branches, repository }: z.infer<typeof payload>): string | null {
  const tips = branches.filter(({ commit }) => commit.sha === sha).map(({ name }) => name)
  return tips.find((name) => name === repository.default_branch) ?? tips[0] ?? null
}
