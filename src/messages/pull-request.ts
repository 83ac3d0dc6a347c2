import type { FixReport } from '#domain/report.ts'

import { hostedReport } from './hosted-report.ts'
import { withinLimit } from './markdown.ts'
import { harmless, shortened } from './plain-text.ts'

/** A pull request's title and body. All texts of the repository in it are treated as untrusted. */
export function pullRequestWords(
  report: FixReport,
  about: { readonly title: string; readonly closes: number | null },
): { readonly title: string; readonly body: string } {
  const { summary } = hostedReport(report, { pullRequest: null, diff: null })
  const [, ...evidence] = summary.split('\n\n')
  const fixes = about.closes === null ? [] : [`Fixes #${about.closes}`]
  const decide = needsHuman(report)
    ? ['**This is a draft until a human decides**: see below what it touches.']
    : []
  const body = [
    'Goalkeeper found this commit red, repaired it and proved the repair on the same commands.',
    ...decide,
    ...evidence,
    ...fixes,
  ]
  return {
    title: shortened(`fix: ${harmless(about.title)}`, 120),
    body: withinLimit(body.join('\n\n')),
  }
}

/** S2-36, S2-37: marked by path or by diff, or right as far as we can prove it and yet to be looked at. */
export function needsHuman({ risk, repairs }: FixReport): boolean {
  return (risk?.marks.length ?? 0) > 0 || repairs.some((repair) => repair.risk === 'review')
}
