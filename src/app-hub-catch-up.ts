import type { HubEvent } from '#domain/hub-event.ts'
import { baseMarker, catchUpComment } from '#messages/red-base.ts'

import { isGreen } from './app-hub-green.ts'
import { hostedAs } from './app-hub-news.ts'
import type { HubParts } from './app-hub.ts'

type ChecksCompleted = Extract<HubEvent, { kind: 'checks-completed' }>

/** Where a base is green again, the pull requests that are red because it was are told, once each. */
export async function tellWaiting(
  { hosting, waitingPulls, stops }: Pick<HubParts, 'hosting' | 'waitingPulls' | 'stops'>,
  { repository, head, conclusion }: ChecksCompleted,
): Promise<void> {
  if (conclusion !== 'success' || head.branch === null) return
  const waiting = await waitingPulls.forBase(repository.id, head.branch)
  const place = hostedAs(repository)
  if (waiting.length === 0 || (await stops.of(place)) !== null) return
  if (!(await isGreen({ hosting }, place, head))) return
  const body = `${baseMarker}\n${catchUpComment(head.branch, head.sha)}`
  for (const one of waiting) {
    const { state, headSha } = await hosting.pullRequests.look(place, one.pull)
    // Another commit of it is looked at anew.
    if (state === 'open' && headSha === one.headSha)
      await hosting.comments.show(place, { issue: one.pull, marker: baseMarker, body })
    await waitingPulls.told(one)
  }
}
