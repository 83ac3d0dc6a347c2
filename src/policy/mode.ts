import type { CheckMode } from '#domain/check.ts'

/** What may be done about a red check. `publish`: where the fix may go. */
export interface Allowance {
  readonly observe: boolean
  readonly fix: boolean
  readonly publish: 'nothing' | 'proposal' | 'branch'
}

/** The mode of the check, held back by a dry run; a dry run never allows more. */
export function allowed(mode: CheckMode, dryRun: boolean): Allowance {
  const allowance = allowances[mode]
  return dryRun ? { ...allowance, publish: 'nothing' } : allowance
}

const allowances: Record<CheckMode, Allowance> = {
  off: { observe: false, fix: false, publish: 'nothing' },
  shadow: { observe: true, fix: true, publish: 'nothing' },
  propose: { observe: true, fix: true, publish: 'proposal' },
  apply: { observe: true, fix: true, publish: 'branch' },
}
