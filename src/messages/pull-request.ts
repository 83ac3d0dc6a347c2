import type { FixReport } from '#domain/report.ts'

import { bugLead } from './bug.ts'
import { hostedReport } from './hosted-report.ts'
import { withinLimit } from './markdown.ts'
import { harmless, shortened } from './plain-text.ts'
import { roundHeading } from './rounds.ts'

const redLead =
  'Goalkeeper found this commit red, repaired it and proved the repair on the same commands.'

interface About {
  /** What is to be said of how it ended, or null. */
  readonly ending: string | null
  /** The issue that asked for it. */
  readonly closes: number | null
  /** No check was red: an issue described a bug, and a test was written that shows it. */
  readonly isBug: boolean
}

/** A pull request's title. */
export function pullRequestTitle(title: string): string {
  return shortened(`fix: ${harmless(title)}`, 120)
}

/** A pull request's body, a part for each round. All texts of the repository in it are treated as untrusted. */
export function pullRequestBody(
  rounds: readonly FixReport[],
  { ending, closes, isBug }: About,
): string {
  const decide = rounds.some(needsHuman)
    ? ['**This is a draft until a human decides**: see below what it touches.']
    : []
  const parts =
    rounds.length === 1
      ? rounds.map(evidence)
      : rounds.map((report, index) => `${roundHeading(index + 1)}\n\n${evidence(report)}`)
  const fixes = closes === null ? [] : [`Fixes #${closes}`]
  return withinLimit(
    [
      isBug ? bugLead : redLead,
      ...(ending === null ? [] : [ending]),
      ...decide,
      ...parts,
      ...fixes,
    ].join('\n\n'),
  )
}

/** What a round measured, without the sentence that says where it is proposed. */
function evidence(report: FixReport): string {
  const { summary } = hostedReport(report, { pullRequest: null, diff: null })
  return summary.split('\n\n').slice(1).join('\n\n')
}

/** S2-36, S2-37: marked by path or by diff, or right as far as we can prove it and yet to be looked at. */
export function needsHuman({ risk, repairs }: FixReport): boolean {
  return (risk?.marks.length ?? 0) > 0 || repairs.some((repair) => repair.risk === 'review')
}

/** Every proposal bears the first; the second says that nothing but a human makes it ready (S2-36, S2-37). */
export function pullRequestLabels(rounds: readonly FixReport[]): readonly string[] {
  return rounds.some(needsHuman) ? ['auto-fix', 'needs-human-review'] : ['auto-fix']
}
