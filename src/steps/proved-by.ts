import type { Check } from '#domain/check.ts'
import { type Evidence, isGreen } from '#domain/evidence.ts'
import type { ProofEntry } from '#domain/failure.ts'
import type { Finding } from '#domain/finding.ts'
import { difference, findingsOf, hidesTests } from '#policy/compare.ts'

export interface Broken {
  readonly check: Check
  readonly before: Evidence
  readonly after: Evidence
}

/** What a check on the fixed tree says of the fix. */
export type Proved = { readonly name: string; readonly after: Evidence } & (
  | { readonly kind: 'holds'; readonly entry: ProofEntry }
  | { readonly kind: 'broken'; readonly broken: Broken }
)

/** Compares a check on the fixed tree with the head; `before` is null where it was not run there, and is green now. */
export function provedBy(measured: {
  readonly check: Check
  readonly before: Evidence | null
  readonly after: Evidence
}): Proved {
  const { check, before, after } = measured
  const { name } = check
  const verdict = verdictOf(check, before, after)
  if (verdict !== null)
    return { kind: 'holds', name, after, entry: { check: name, before, after, verdict } }
  return { kind: 'broken', name, after, broken: { check, before: before ?? after, after } }
}

function verdictOf(
  check: Check,
  before: Evidence | null,
  after: Evidence,
): ProofEntry['verdict'] | null {
  if (before === null) return isGreen(after) ? 'green' : null
  if (isGreen(after) && !hidesTests(before, after)) return isGreen(before) ? 'still-green' : 'fixed'
  const same = introducedBy(check, before, after).length === 0 && after.end.kind === 'exited'
  return !isGreen(before) && same ? 'pre-existing' : null
}

export function introducedBy(check: Check, before: Evidence, after: Evidence): readonly Finding[] {
  return difference(findingsOf(check.name, after), findingsOf(check.name, before))
}
