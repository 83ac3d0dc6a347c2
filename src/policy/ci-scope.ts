import type { Check } from '#domain/check.ts'
import type { CiClaim } from '#domain/ci.ts'

interface Known {
  /** What is red in CI. */
  readonly claims: readonly CiClaim[]
  /** What has not ended there: for each the checks of ours behind it, none where that cannot be told. */
  readonly unfinished: readonly (readonly string[])[]
  /** Something is red besides, of which only the name is known. */
  readonly isMore: boolean
}

interface Scope {
  /** What is red in CI, or may yet be: to be run here and repaired. */
  readonly wanted: readonly Check[]
  /** What CI found green: a fix has to leave it so. */
  readonly rest: readonly Check[]
}

/**
 * Which checks a red commit is about. Only where every red check of CI is known by its commands are the others left
 * out; wherever one is not, everything is looked at.
 */
export function scopeOf(checks: readonly Check[], { claims, unfinished, isMore }: Known): Scope {
  const real = claims.filter(({ trouble }) => trouble === null)
  const isKnown =
    real.length > 0 &&
    !isMore &&
    real.every((claim) => claim.checks.length > 0 || claim.unreachable.length > 0) &&
    unfinished.every((names) => names.length > 0)
  if (!isKnown) return { wanted: checks, rest: [] }
  const names = new Set([...real.flatMap((claim) => claim.checks), ...unfinished.flat()])
  return {
    wanted: checks.filter(({ name }) => names.has(name)),
    rest: checks.filter(({ name }) => !names.has(name)),
  }
}
