import type { FlakeCase } from '#domain/flake-case.ts'
import type { ClosingPorts } from '#steps/hold-court.ts'

/** Flaky tests that are on record, and of which nothing was seen for long. */
export function memoryCourt(cases: readonly FlakeCase[]) {
  const toldOf: FlakeCase[] = []
  const flakes: ClosingPorts['flakes'] = {
    cases: () => Promise.resolve(cases),
    seen: () => Promise.resolve([]),
    told: async (_repository, one) => void toldOf.push(one),
  }
  return { flakes, toldOf }
}
