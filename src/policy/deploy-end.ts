import type { DeployState } from '#domain/deploy.ts'
import type { FailureReason } from '#domain/outcome.ts'
import type { WatchVerdict } from '#domain/watch.ts'

export interface DeployEnded {
  /** Why a phase before failed; null where none did. */
  readonly reason: FailureReason | null
  /** The approval was used. */
  readonly hasBegun: boolean
  /** Null where nobody came to look. */
  readonly verdict: WatchVerdict['kind'] | null
  /** What was seen of the version before, after it was brought back; null where it was not. */
  readonly restored: WatchVerdict['kind'] | null
}

/** How a deploy ended. What nobody can tell is unverified, and never verified (K26). */
export function deployEnd({ reason, hasBegun, verdict, restored }: DeployEnded): DeployState {
  if (!hasBegun) return 'refused'
  if (verdict === 'pass') return 'verified'
  if (verdict === 'fail')
    return restored === null || restored === 'fail' ? 'rollback-failed' : 'rolled-back'
  return verdict === null && reason === 'build-failed' ? 'not-deployed' : 'unverified'
}

/** Whether people have to look at it at once. */
export function isIncident(state: DeployState): boolean {
  return state === 'rolled-back' || state === 'rollback-failed' || state === 'not-deployed'
}
