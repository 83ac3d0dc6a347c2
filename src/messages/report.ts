import type { FixReport, RepairReport } from '#domain/report.ts'
import type { RunOutcome } from '#domain/run.ts'

import { draftSentences } from './complexity.ts'
import { costSentence, nearSentences } from './cost.ts'
import { culpritLines } from './culprit.ts'
import { duration } from './duration.ts'
import { repairedByOthers } from './fix-notes.ts'
import { oneLine } from './plain-text.ts'
import { explanations } from './refusal.ts'
import { checksLines, proofLine } from './report-checks.ts'

/** The report of a fix run for people: what was red, what was done, what proves it, and what is left to do. */
export function reportText(report: FixReport): string {
  const blocks = [
    heading(report),
    block('Checks', checksLines(report.checks)),
    block('Culprit', report.culprits.flatMap(culpritLines)),
    block('Fixes', report.repairs.flatMap(repairLines)),
    block('For a human', riskLines(report)),
    block(
      'To be put right',
      report.remarks.map((text) => `  ${oneLine(text)}`),
    ),
    block('Cost', costLines(report)),
    block('Tried and not kept', discardedLines(report)),
    block('Branch', branchLines(report)),
    block('Why', whyLines(report)),
  ]
  return `${blocks.filter((text) => text !== '').join('\n\n')}\n`
}

function heading(report: FixReport): string {
  const { repository, head, base, durationMs, severity, priority } = report
  const took = durationMs === null ? '' : ` (${duration(durationMs)} total)`
  const weight = severity === null ? [] : [`Severity:   ${severity}, priority ${priority} of 10`]
  const compared = base === null ? '' : `, compared with ${short(base)}`
  return [
    `${title(report)}${took}`,
    `Repository: ${oneLine(repository)}`,
    ...(head === null ? [] : [`Commit:     ${short(head)}${compared}`]),
    ...weight,
    `Run:        ${report.run}`,
  ].join('\n')
}

function title({ outcome, repairs, checks }: FixReport): string {
  if (outcome === null) return '⚠ NOT FINISHED'
  const good = outcome === 'success' || outcome === 'success_with_warnings'
  if (good && repairs.length === 0 && checks.length > 0) return '✓ NOTHING TO REPAIR'
  return titles[
    outcome === 'partial' && repairs.length === 0 && checks.length > 0 ? 'failure' : outcome
  ]
}

const titles: Record<RunOutcome, string> = {
  success: '✓ REPAIRED',
  success_with_warnings: '✓ REPAIRED, with warnings',
  partial: '⚠ REPAIRED IN PART',
  failure: '✗ NOT REPAIRED',
  cancelled: '⚠ CANCELLED',
  timed_out: '✗ TIMED OUT',
}

function repairLines(repair: RepairReport, index: number): readonly string[] {
  const { check, descriptions, rootCauses, files, before, after, sha, risk, complex } = repair
  const name = sha === null ? check : `${check} (${short(sha)})`
  return [
    `  ${index + 1}. ${oneLine(name)}${risk === 'review' ? '  ⚠ look at it before you merge it' : ''}`,
    ...descriptions.map((text) => `     Fix:        ${oneLine(text)}`),
    ...rootCauses.map((text) => `     Root cause: ${oneLine(text)}`),
    ...draftSentences(complex).map((text) => `     For you:    ${text}`),
    files.length === 0
      ? `     Fix:        ${repairedByOthers(after)}`
      : `     Files:      ${files.map(oneLine).join(', ')}`,
    `     Evidence:   ${proofLine(before, after)}`,
  ]
}

function riskLines({ risk }: FixReport): readonly string[] {
  const marks = risk?.marks ?? []
  const word = risk?.level === 'never' ? 'never goes out by itself' : 'wants a review'
  return marks.map(
    ({ class: name, path, line }) =>
      `  ⚠ ${name}: ${oneLine(path)}${line === null ? '' : `:${line}`} (${word})`,
  )
}

function costLines({ cost }: FixReport): readonly string[] {
  return cost === null
    ? []
    : [costSentence(cost), ...nearSentences(cost)].map((text) => `  ${text}`)
}

const MOST_DISCARDED = 10

function discardedLines({ discarded }: FixReport): readonly string[] {
  const lines = discarded.map(
    ({ strategy, description, verdict }) =>
      `  ${oneLine(strategy)}: ${oneLine(description)} ${oneLine(verdict)}`,
  )
  const more = lines.length - MOST_DISCARDED
  return more > 0 ? [...lines.slice(0, MOST_DISCARDED), `  and ${more} more`] : lines
}

function branchLines({ branch, repository, head }: FixReport): readonly string[] {
  if (branch === null) return []
  if (!branch.delivered) return [`  ${branch.name} was not handed over (dry run)`]
  const git = `git -C ${quoted(branch.directory)}`
  const isHere = branch.directory === repository
  return [
    `  ${branch.name}`,
    `  Look at it: ${git} log -p ${short(head ?? 'HEAD')}..${branch.name}`,
    isHere
      ? `  Take it:    ${git} merge ${branch.name}`
      : `  Take it:    git fetch ${quoted(branch.directory)} ${branch.name} (in a clone of yours), then git merge FETCH_HEAD`,
  ]
}

/** Why it is not all done, case by case, and what to do about it. */
function whyLines({ checks, reason, detail }: FixReport): readonly string[] {
  if (reason === null) return []
  // Where all that is red was red before, that says more than the criterion which is not met for it.
  const isOld = reason === 'criteria-not-met' && isPreExisting(checks)
  const { what, remedy } = explanations[isOld ? 'all-pre-existing' : reason]
  const cases = isOld ? [] : detail.split('\n').map(oneLine)
  return [
    `  ${what}`,
    ...cases.filter((text) => text !== '').map((text) => `    ${text}`),
    `  What you can do: ${remedy}`,
  ]
}

function isPreExisting(checks: FixReport['checks']): boolean {
  const quiet = new Set(['green', 'not-run', 'off'])
  const open = checks.filter(({ verdict }) => !quiet.has(verdict))
  return open.length > 0 && open.every(({ verdict }) => verdict === 'pre-existing')
}

function block(name: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : [name, ...lines].join('\n')
}

function short(sha: string): string {
  return sha.slice(0, 12)
}

/** One word for a POSIX shell, whatever is in it. */
function quoted(path: string): string {
  const text = oneLine(path)
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`
}
