import type { Evidence } from '#domain/evidence.ts'
import type { FixFact } from '#domain/fix-fact.ts'
import type { Measurement } from '#domain/report.ts'

export type FactOf<Kind extends FixFact['kind']> = Extract<FixFact, { kind: Kind }>

/** All facts of one kind, in the order they were recorded. */
export function factsOf<Kind extends FixFact['kind']>(
  facts: readonly FixFact[],
  kind: Kind,
): readonly FactOf<Kind>[] {
  return facts.filter((fact): fact is FactOf<Kind> => fact.kind === kind)
}

/** The newest fact of a kind. */
export function one<Kind extends FixFact['kind']>(
  facts: readonly FixFact[],
  kind: Kind,
): FactOf<Kind> | undefined {
  return factsOf(facts, kind).at(-1)
}

export function measurementOf({ command, end, durationMs }: Evidence): Measurement {
  return { command, end, durationMs: Math.round(durationMs) }
}
