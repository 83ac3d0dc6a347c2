import { beginDeploys, type DeployStart } from './app-deploy.ts'
import type { GateParts } from './app-gate.ts'
import { answerWaits, type WaitParts } from './app-waits.ts'

/** What follows where it was shown how the gates of a change stand: deploys begin, and jobs that wait are told. */
export function afterShowing(
  parts: DeployStart & WaitParts,
  { enabled, shadow }: { readonly enabled: boolean; readonly shadow: boolean },
): NonNullable<GateParts['shown']> {
  return async (gate, views) => {
    if (shadow) return
    if (enabled) await beginDeploys(parts, gate, views)
    await answerWaits(parts, { gate, views })
  }
}
