import type { Check } from '#domain/check.ts'
import { type Evidence, isGreen } from '#domain/evidence.ts'
import type { ProofEntry } from '#domain/failure.ts'
import type { Finding } from '#domain/finding.ts'
import { difference, findingsOf, hidesTests } from '#policy/compare.ts'

export interface Broken {
  readonly check: Check
  readonly before: Evidence
  readonly after: Evidence
  /** What is red now and was not before. */
  readonly introduced: readonly Finding[]
}

/** What a check on the fixed tree says of the fix. */
export type Proved = { readonly name: string; readonly after: Evidence } & (
  | { readonly kind: 'holds'; readonly entry: ProofEntry }
  | { readonly kind: 'broken'; readonly broken: Broken }
)

interface Measured {
  readonly check: Check
  readonly before: Evidence | null
  readonly after: Evidence
  /** What was red on the base, whether the head showed it or not. */
  readonly known?: readonly Finding[]
}

/** Compares a check on the fixed tree with the head; `before` is null where it was not run there, and is green now. */
export function provedBy(measured: Measured): Proved {
  const { check, before, after } = measured
  const { name } = check
  const verdict = verdictOf(measured)
  if (verdict !== null)
    return { kind: 'holds', name, after, entry: { check: name, before, after, verdict } }
  const introduced = introducedBy({ ...measured, before: before ?? after })
  return {
    kind: 'broken',
    name,
    after,
    broken: { check, before: before ?? after, after, introduced },
  }
}

function verdictOf({ before, after, ...measured }: Measured): ProofEntry['verdict'] | null {
  if (before === null) return isGreen(after) ? 'green' : null
  if (isGreen(after) && !hidesTests(before, after)) return isGreen(before) ? 'still-green' : 'fixed'
  const same =
    introducedBy({ ...measured, before, after }).length === 0 && after.end.kind === 'exited'
  return !isGreen(before) && same ? 'pre-existing' : null
}

function introducedBy({
  check: { name },
  before,
  after,
  known = [],
}: Measured & { readonly before: Evidence }): readonly Finding[] {
  return difference(difference(findingsOf(name, after), findingsOf(name, before)), known)
}
