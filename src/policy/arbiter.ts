import type { FailureReason } from '#domain/outcome.ts'

/** A pull request of ours for the red branch, open and not given up. */
export interface Forward {
  readonly number: number
  readonly verdict: 'none' | 'pending' | 'green' | 'red'
}

export interface Dispute {
  /** Why there is nothing left to do for the branch; null while it stands there and is red. */
  readonly over: FailureReason | null
  readonly fixes: readonly Forward[]
  readonly redSince: Date
  readonly now: Date
  /** How long a fix may take from then on (`culprit.fix-forward-minutes`). */
  readonly patienceMinutes: number
}

export type Ruling =
  | { readonly kind: 'stand-down'; readonly because: FailureReason }
  /** A fix is there and green: it is better than going back. */
  | { readonly kind: 'fix-forward'; readonly number: number }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'revert' }

/**
 * Fix or revert (autofix.md 4.2): a green fix wins at any time; until its time is up it is waited for; then what turned
 * the branch red is proposed to be taken back. What is merely proposed and not green holds nothing up.
 */
export function arbitrate({ over, fixes, redSince, now, patienceMinutes }: Dispute): Ruling {
  if (over !== null) return { kind: 'stand-down', because: over }
  const green = fixes.find(({ verdict }) => verdict === 'green')
  if (green !== undefined) return { kind: 'fix-forward', number: green.number }
  const ms = redSince.getTime() + patienceMinutes * 60_000 - now.getTime()
  return ms > 0 ? { kind: 'wait', ms } : { kind: 'revert' }
}
