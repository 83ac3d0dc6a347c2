import type { HubEvent } from '#domain/hub-event.ts'
import type { Target } from '#policy/admission.ts'

import { hostedAs } from './app-hub-news.ts'
import type { HubParts } from './app-hub.ts'

type Of<Kind extends HubEvent['kind']> = Extract<HubEvent, { kind: Kind }>

/** An issue about a branch that is not red is about something that no check shows; only a model can read it. */
export async function describesBug(
  { coder, hosting }: HubParts,
  { onPull, repository }: Of<'fix-asked'>,
  { sha }: Target,
): Promise<boolean> {
  if (onPull || !coder) return false
  return (await hosting.checkRuns.verdict(hostedAs(repository), sha)).kind !== 'red'
}

export async function askedTarget(
  { hosting, proposals }: HubParts,
  { repository, number, onPull }: Of<'fix-asked'>,
): Promise<Target> {
  const place = hostedAs(repository)
  const pull = onPull ? await hosting.pullRequests.head(place, number) : null
  const own = pull === null ? null : await proposals.onBranch(repository.id, pull.branch)
  // Asked on a fix of ours, another fix is wanted for the branch that it is for.
  if (pull !== null && own?.number !== number) {
    const { number: pullRequest, ...head } = pull
    return { ...head, pullRequest }
  }
  const branch = own?.base ?? repository.defaultBranch
  const sha = await hosting.branches.tip(place, branch)
  if (sha === null) throw new Error(`There is no branch ${branch}.`)
  return { branch, sha, base: null, pullRequest: null, isFork: false }
}
