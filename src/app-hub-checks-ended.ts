import { systemClock } from '#adapters/system/world.ts'
import type { HubEvent } from '#domain/hub-event.ts'
import { closeQuiet } from '#steps/hold-court.ts'

import { lookAfterChecks } from './app-gate-woken.ts'
import type { HubGateParts } from './app-hub-answer.ts'
import { tellWaiting } from './app-hub-catch-up.ts'
import { hostedAs, onChecksCompleted } from './app-hub-news.ts'
import type { HubParts } from './app-hub.ts'

type ChecksCompleted = Extract<HubEvent, { kind: 'checks-completed' }>

/** Where all of the default branch was looked at, the issues of tests that are quiet for long are closed. */
export async function onChecksEnded(
  parts: HubParts,
  gate: HubGateParts,
  event: ChecksCompleted,
): Promise<string> {
  const told = await onChecksCompleted(parts, event)
  await tellWaiting(parts, event)
  await lookAfterChecks({ ...gate, hosting: parts.hosting }, event)
  const { repository, head, source } = event
  if (source === 'check-run') return told
  const stopped = await parts.stops.of(hostedAs(repository))
  if (stopped === null && head.branch === repository.defaultBranch)
    await closeQuiet({ ...parts.hosting, ...parts, clock: systemClock }, hostedAs(repository))
  return told
}
