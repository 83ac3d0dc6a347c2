import type { Finding } from './finding.ts'

/** What happened to every finding between two observations of the same checks, by fingerprint and never by count. */
export interface Comparison {
  /** Were to be repaired, and are gone. */
  readonly fixed: readonly Finding[]
  /** Were to be repaired, and are still there. */
  readonly remaining: readonly Finding[]
  /** Are on the base commit as well: noted and left alone (S2-10). */
  readonly preExisting: readonly Finding[]
  /** Were not there before. */
  readonly newlyBroken: readonly Finding[]
  /** Nobody looked again, so nobody knows. */
  readonly notRun: readonly Finding[]
}

/** Each has its sentence in messages/refusal.ts. @internal */
export const discardReasons = [
  'no-targets',
  'not-run',
  'nothing-dropped',
  'something-new',
  'no-change',
] as const
export type DiscardReason = (typeof discardReasons)[number]

export type CandidateVerdict =
  | { readonly kind: 'keep'; readonly fixed: readonly Finding[] }
  | {
      readonly kind: 'discard'
      readonly because: DiscardReason
      readonly findings: readonly Finding[]
    }

/** What repeated runs of one failing check on one tree say about it. `rerun`: too early to tell. */
export type FlakeVerdict =
  | { readonly kind: 'rerun' }
  | { readonly kind: 'flaky'; readonly findings: readonly Finding[] }
  | { readonly kind: 'broken' }
  | { readonly kind: 'green' }
  | { readonly kind: 'infrastructure'; readonly because: string }
