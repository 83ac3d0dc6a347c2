import { setTimeout as sleep } from 'node:timers/promises'

import { gateSweepFailed } from '#messages/gate.ts'
import type { OpenGates } from '#ports/approvals.ts'

import { showAll } from './app-gate-check.ts'
import type { GateParts } from './app-gate.ts'
import { refuseOldWaits, type WaitParts } from './app-waits.ts'

export interface GateSweepParts extends GateParts, WaitParts {
  readonly hosting: GateParts['hosting'] & WaitParts['hosting']
  readonly openGates: OpenGates
}

/** No approval is shown for longer than this after its end. */
const everyMs = 15_000

/** Closes gates whose time is over, or whose approver may not any more, until it is stopped. */
export function keepGatesTrue(
  parts: GateSweepParts,
  tell: (line: string) => void,
): { stop(): Promise<void> } {
  const over = new AbortController()
  const sweeping = (async () => {
    while (!over.signal.aborted) {
      await lookAtOpenGates(parts, tell).catch((error: unknown) =>
        tell(gateSweepFailed(String(error))),
      )
      await sleep(everyMs, undefined, { signal: over.signal }).catch(() => undefined)
    }
  })()
  return {
    async stop() {
      over.abort()
      await sweeping
    },
  }
}

/** One round; a gate that cannot be looked at now comes again. */
async function lookAtOpenGates(parts: GateSweepParts, tell: (line: string) => void): Promise<void> {
  await refuseOldWaits(parts)
  for (const { repository, pull } of await parts.openGates.due(parts.clock.now()))
    await showAll(parts, repository, pull).catch((error: unknown) =>
      tell(gateSweepFailed(String(error))),
    )
}
