import type { FailureReason } from '#domain/outcome.ts'

import { explanations } from './refusal.ts'
import { leftToHuman } from './rounds.ts'

/** What stands in a pull request that is not ready when its task is over; null where it is. */
export function endingOf(
  reason: FailureReason | null,
  verdict: 'none' | 'pending' | 'green' | 'red' | 'merged' | null,
): string | null {
  if (reason !== null) return leftToHuman(explanations[reason].what, explanations[reason].remedy)
  if (verdict !== 'pending') return null
  return leftToHuman(
    'Its checks did not end in time.',
    'Mark it as ready when they are green; the fix was proved before it was pushed.',
  )
}
