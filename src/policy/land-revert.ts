import type { LandingEnd, LandingWait } from '#domain/landing.ts'
import type { StopReason } from '#domain/restraint.ts'

interface Looked {
  readonly pull: {
    readonly state: 'open' | 'merged' | 'closed'
    readonly headSha: string
    readonly isDraft: boolean
    readonly branch: 'takes' | 'protected' | 'behind' | 'conflict' | 'unknown'
  }
  /** The commit that we wrote, and what its checks say. */
  readonly head: string
  readonly verdict: 'none' | 'pending' | 'green' | 'red'
  readonly stopped: StopReason | null
}

export type Landing =
  | { readonly kind: 'ended'; readonly because: LandingEnd }
  | { readonly kind: 'waits'; readonly because: LandingWait }
  | { readonly kind: 'make-ready' | 'merge' }

const checks = { none: 'checks-none', pending: 'checks-pending', red: 'checks-red' } as const

/** What may be done for a revert now: it is merged as the very commit that was checked, where nothing is missing. */
export function landingOf({ pull, head, verdict, stopped }: Looked): Landing {
  if (pull.state === 'merged') return { kind: 'ended', because: 'merged' }
  if (pull.state === 'closed') return { kind: 'ended', because: 'closed' }
  // Whoever pushed to it has it now.
  if (pull.headSha !== head) return { kind: 'ended', because: 'head-moved' }
  if (stopped !== null) return { kind: 'waits', because: stopped }
  if (verdict !== 'green') return { kind: 'waits', because: checks[verdict] }
  if (pull.isDraft) return { kind: 'make-ready' }
  return pull.branch === 'takes' ? { kind: 'merge' } : { kind: 'waits', because: pull.branch }
}
