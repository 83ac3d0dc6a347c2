import type { FailureReason } from '#domain/outcome.ts'

type RepairEnd = 'green' | 'unfixed' | 'stood-down'

interface Ended {
  readonly reason: FailureReason | null
  /** Something repaired what was red, as proved here. */
  readonly isRepaired: boolean
  /** What the checks of the proposal say; null where nothing was proposed. */
  readonly verdict: 'none' | 'pending' | 'green' | 'red' | 'merged' | null
}

/** What a task's end says about its failure: a try counts only where the failure had its chance and stayed. */
export function repairEnd({ reason, isRepaired, verdict }: Ended): RepairEnd {
  if (reason !== null) return chanceless.has(reason) ? 'stood-down' : 'unfixed'
  if (verdict === 'red') return 'unfixed'
  return isRepaired && verdict !== 'pending' ? 'green' : 'stood-down'
}

/** Ends that say nothing about whether the failure can be repaired. */
const chanceless: ReadonlySet<FailureReason> = new Set([
  'no-repository',
  'repository-too-large',
  'no-commit',
  'sandbox-refused',
  'configuration-invalid',
  'head-moved',
  'declined-before',
  'with-somebody',
  'too-many-open',
  'too-many-lately',
  'being-repaired',
  'tried-too-often',
  'taken-over',
  'went-green',
  'proposal-closed',
  'cancelled',
])
