import type { HubEvent } from '#domain/hub-event.ts'
import type { OpenGates } from '#ports/approvals.ts'
import type { Hosting } from '#ports/hosting.ts'

import { showAll } from './app-gate-check.ts'
import type { GateParts } from './app-gate.ts'
import { hostedAs } from './app-hub-news.ts'

export interface WokenParts extends GateParts {
  readonly openGates: Pick<OpenGates, 'watch' | 'watched'>
  readonly hosting: GateParts['hosting'] & Pick<Hosting, 'protection'>
}

/** A gate may wait for just these checks: it is looked at now, and not when its time comes. */
export async function lookAfterChecks(
  parts: WokenParts,
  { repository, head }: Extract<HubEvent, { kind: 'checks-completed' }>,
): Promise<void> {
  const watched = await parts.openGates.watched(repository.id)
  if (watched.length === 0) return
  const place = hostedAs(repository)
  const pull = await parts.hosting.protection.changeAt(place, head.sha)
  if (pull !== null && watched.includes(pull)) await showAll(parts, place, pull)
}
