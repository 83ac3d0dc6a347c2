import type { Patch } from '#domain/patch.ts'
import type { Place } from '#domain/place.ts'
import { reviewWords, suggestionBlock, suggestionMarker } from '#messages/suggestion.ts'
import { suggestionsFor } from '#policy/suggestions.ts'
import type { PullRequests } from '#ports/hosting.ts'
import type { Repositories } from '#ports/repositories.ts'
import type { StepContext } from '#ports/step.ts'

import { hostedOf } from './hosted-run.ts'

export interface SuggestingPorts {
  readonly pullRequests: Pick<PullRequests, 'shownLines' | 'suggest'>
  readonly repositories: Pick<Repositories, 'read'>
}

/**
 * Suggests a fix on the pull request of a fork, line by line, where all of it lies on lines that are shown there: our
 * token is not taken to where the fork's code could use it. Answers how many suggestions there are now, or 0.
 */
export async function suggestFix(
  { pullRequests, repositories }: SuggestingPorts,
  { place, patch }: { readonly place: Place; readonly patch: Patch },
  context: StepContext,
): Promise<number> {
  const { repository, pullRequest, headSha } = hostedOf(context)
  if (pullRequest === null) return 0
  const { mirror } = place
  const change = await Promise.all(
    patch.map(async ({ path, content: after }) => {
      return { path, before: await repositories.read(mirror, headSha, path), after }
    }),
  )
  const shown = await pullRequests.shownLines(repository, pullRequest)
  const suggestions = suggestionsFor(change, shown)
  if (suggestions === null) return 0
  const marker = suggestionMarker(headSha)
  const comments = suggestions.map(({ text, ...lines }) => ({
    ...lines,
    body: suggestionBlock(text),
  }))
  const review = { marker, headSha, body: reviewWords(comments.length), comments }
  const answer = await pullRequests.suggest(repository, pullRequest, review)
  return answer === 'suggested' ? comments.length : 0
}
