import type { CheckAnnotation, CheckConclusion } from '#domain/check-run.ts'
import type { RedBase } from '#domain/red-base.ts'
import type { CheckReport, FixReport, RepairReport } from '#domain/report.ts'

import { unreadIssue } from './bug.ts'
import { annotationsOf } from './check-annotations.ts'
import { ciSection } from './ci-words.ts'
import { draftSentences } from './complexity.ts'
import { costSentence, nearSentences } from './cost.ts'
import { duration } from './duration.ts'
import { repairedByOthers } from './fix-notes.ts'
import { code, codeBlock, plain, withinLimit } from './markdown.ts'
import { ending } from './measurement.ts'
import { shortened } from './plain-text.ts'
import { baseSection, baseTitle } from './red-base.ts'
import { explanations } from './refusal.ts'
import { roundHeading } from './rounds.ts'

/** Where the run ended, beyond what the report of a fix says. */
export interface Handover {
  readonly pullRequest: { readonly number: number; readonly url: string } | null
  /** The fix as a patch, where it cannot be pushed; else null. */
  readonly diff: string | null
  /** How many suggestions of a review hold all of it. */
  readonly suggestions?: number
  /** What the checks of the pull request said in the end; null where nobody came to look. */
  readonly verdict?: 'none' | 'pending' | 'green' | 'red' | 'merged' | null
  /** What is red because the base is. */
  readonly base?: RedBase | null
  /** Somebody asked about an issue, and no model is set that could read it. */
  readonly isUnread?: boolean
}

export interface HostedWords {
  readonly title: string
  readonly summary: string
  readonly annotations?: readonly CheckAnnotation[]
  readonly conclusion: CheckConclusion
}

/** What a check run and the comment say when a run is over: what was red, what was done about it, and what proves it. */
export function hostedReport(report: FixReport, handover: Handover): HostedWords {
  const blocks = [
    heading(report, handover),
    baseSection(handover.base ?? null),
    table(report.checks),
    repairs(report.repairs),
    suggestion(handover),
    handover.isUnread === true && isNothingRed(report) ? unreadIssue : '',
    ...report.remarks.map((text) => `⚠ ${plain(text)}`),
    costs(report),
    risks(report),
    why(report),
    ciSection(report.ci),
    footer(report),
  ]
  const summary = withinLimit(blocks.filter((text) => text !== '').join('\n\n'))
  const title = shortened(titleOf(report, handover), 250)
  const annotations = annotationsOf(report, handover.pullRequest)
  return { title, summary, annotations, conclusion: conclusionOf(report, handover) }
}

/** The summary of the last round, and below it what the rounds before it measured. */
export function withEarlier(words: HostedWords, earlier: readonly FixReport[]): HostedWords {
  const parts = earlier.map((report, index) => {
    const { summary } = hostedReport(report, { pullRequest: null, diff: null })
    return `${roundHeading(index + 1)}\n\n${summary.split('\n\n').slice(1).join('\n\n')}`
  })
  return { ...words, summary: withinLimit([words.summary, ...parts].join('\n\n')) }
}

function titleOf({ repairs, checks, reason }: FixReport, { pullRequest, base }: Handover): string {
  if (pullRequest !== null && reason !== null)
    return `#${pullRequest.number} is proposed and needs a human: ${explanations[reason].what}`
  if (pullRequest !== null) return `Repaired: pull request #${pullRequest.number}`
  if (repairs.length > 0) return 'Repaired, and not published'
  if (base) return baseTitle(base)
  if (reason !== null) return explanations[reason].what
  if (isFlaky(checks)) return explanations.flaky.what
  return checks.length > 0 ? 'Nothing is red here' : 'Nothing was done'
}

/** A red check that stays red is a failure of the commit, not of ours: the others already say so. */
function conclusionOf(
  { repairs, outcome, reason }: FixReport,
  { pullRequest }: Handover,
): CheckConclusion {
  if (outcome === 'cancelled') return 'cancelled'
  if (outcome === 'timed_out') return 'timed_out'
  // What is proposed and not green, and what nobody waits for any more, is no success.
  if (reason !== null && (pullRequest !== null || reason === 'head-moved')) return 'neutral'
  return repairs.length > 0 || outcome === 'success' ? 'success' : 'neutral'
}

function heading(report: FixReport, handover: Handover): string {
  const { pullRequest } = handover
  const { head, severity, priority } = report
  const at = head === null ? '' : ` at ${head.slice(0, 12)}`
  const weight = severity === null ? '' : ` Severity ${severity}, priority ${priority} of 10.`
  if (pullRequest !== null)
    return `**A fix is proposed in #${pullRequest.number}**${at}. It was proved before it was pushed.${pending(handover)}${weight}`
  return `**No pull request**${at}: ${repaired(report)}.${weight}`
}

function pending({ verdict }: Handover): string {
  return verdict === 'pending'
    ? ' Its checks did not end in time: look at them before you merge it.'
    : ''
}

function repaired(report: FixReport): string {
  if (report.repairs.length > 0) return 'the fix was not published'
  return isNothingRed(report) && report.checks.length > 0
    ? 'nothing was red that could be run here'
    : 'there is no fix'
}

function isNothingRed({ repairs, checks, reason }: FixReport): boolean {
  const isRed = checks.some(({ verdict }) => verdict === 'red') || isFlaky(checks)
  return reason === null && repairs.length === 0 && !isRed
}

function isFlaky(checks: readonly CheckReport[]): boolean {
  return checks.some(({ verdict }) => verdict === 'flaky')
}

function table(checks: readonly CheckReport[]): string {
  if (checks.length === 0) return ''
  const rows = checks.map(({ name, verdict, before, after }) => {
    const last = after ?? before
    const ends = [before, after].flatMap((one) => (one === null ? [] : [ending(one.end)]))
    const took = last === null ? '' : duration(last.durationMs)
    return `| ${plain(name)} | ${verdict} | ${[...new Set(ends)].join(' → ')} | ${took} |`
  })
  return ['| Check | Verdict | Measured | Took |', '|---|---|---|---|', ...rows].join('\n')
}

function repairs(all: readonly RepairReport[]): string {
  return all
    .map(({ check, descriptions, rootCauses, files, before, after, sha, risk, complex }) =>
      [
        `**${plain(check)}**${sha === null ? '' : ` (${sha.slice(0, 12)})`}${risk === 'review' ? ': look at it before you merge it' : ''}`,
        ...descriptions.map((text) => `- Fix: ${plain(text)}`),
        ...rootCauses.map((text) => `- Root cause: ${plain(text)}`),
        ...draftSentences(complex).map((text) => `- For a human: ${text}`),
        files.length === 0
          ? `- Fix: ${repairedByOthers(after)}`
          : `- Files: ${files.map(code).join(', ')}`,
        `- Evidence: ${code(after.command)} ${ending(before.end)} → ${ending(after.end)} in ${duration(after.durationMs)}`,
      ].join('\n'),
    )
    .join('\n\n')
}

function costs({ cost }: FixReport): string {
  return cost === null ? '' : [costSentence(cost), ...nearSentences(cost)].join(' ')
}

function suggestion({ diff, suggestions = 0 }: Handover): string {
  if (diff === null) return ''
  const how =
    suggestions > 0
      ? 'The fix is suggested on the lines themselves, in a review. The same for `git apply`:'
      : 'The fix, for `git apply`:'
  return [
    `**The branch stands in a fork, so nothing is pushed there.** ${how}`,
    codeBlock(diff.trimEnd(), 'diff'),
  ].join('\n\n')
}

function risks({ risk }: FixReport): string {
  const marks = risk?.marks ?? []
  if (marks.length === 0) return ''
  const lines = marks.map(
    ({ class: name, path, line }) =>
      `- ${name}: ${code(path)}${line === null ? '' : `, line ${line}`}`,
  )
  return ['**A human must decide**, because the change touches:', ...lines].join('\n')
}

function why({ reason, detail }: FixReport): string {
  if (reason === null) return ''
  const { what, remedy } = explanations[reason]
  const cases = detail.split('\n').filter((text) => text.trim() !== '')
  return [
    `**Why:** ${what}`,
    ...cases.slice(0, 20).map((text) => `- ${plain(text)}`),
    `**What you can do:** ${remedy}`,
  ].join('\n')
}

function footer({ run, task, durationMs }: FixReport): string {
  const took = durationMs === null ? '' : `, ${duration(durationMs)}`
  return `<sub>Run ${run}${task === null ? '' : `, task ${task}`}${took}</sub>`
}
