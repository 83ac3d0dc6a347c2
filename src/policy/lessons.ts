import type { Finding } from '#domain/finding.ts'
import type { Tally } from '#domain/lesson.ts'

/** Kinds of failures a lesson is about: tool and rule, for what a message says never comes back word for word. */
export function kindsOf(findings: readonly Finding[]): readonly string[] {
  return [...new Set(findings.map(({ tool, rule }) => `${tool}/${rule ?? '-'}`))].toSorted((a, b) =>
    a < b ? -1 : 1,
  )
}

/** Lessons older than this say nothing: code, tools and models change. Our own choice. */
export const lessonDays = 30

/** 95 % of both sides. */
const z = 1.96

/** The interval of Wilson for a share of successes; nothing tried can be anything. @internal */
export function wilson(kept: number, tried: number): { lower: number; upper: number } {
  if (tried === 0) return { lower: 0, upper: 1 }
  const share = kept / tried
  const square = z * z
  const middle = share + square / (2 * tried)
  const spread = z * Math.sqrt((share * (1 - share) + square / (4 * tried)) / tried)
  const whole = 1 + square / tried
  return {
    lower: Math.max(0, (middle - spread) / whole),
    upper: Math.min(1, (middle + spread) / whole),
  }
}

/** Below this a strategy is not worth its run: nine failures in a row, or one success in fifteen. Our own choice. */
const worth = 0.3

export interface Standing {
  /** How well it does at the least: what works is tried first. */
  readonly lower: number
  /** At its best it would still fail mostly. */
  readonly isHopeless: boolean
  readonly kept: number
  readonly tried: number
}

/** What is known of a strategy for these kinds of failures together. */
export function standingOf(
  tallies: readonly Tally[],
  strategy: string,
  kinds: readonly string[],
): Standing {
  const own = tallies.filter((one) => one.strategy === strategy && kinds.includes(one.kind))
  const kept = own.reduce((sum, one) => sum + one.kept, 0)
  const tried = own.reduce((sum, one) => sum + one.tried, 0)
  const { lower, upper } = wilson(kept, tried)
  return { lower, isHopeless: upper < worth, kept, tried }
}
