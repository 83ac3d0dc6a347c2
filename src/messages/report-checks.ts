import type { Finding } from '#domain/finding.ts'
import type { CheckReport, CheckVerdict, Measurement } from '#domain/report.ts'

import { duration } from './duration.ts'
import { firstNames } from './fix-notes.ts'
import { command, ending } from './measurement.ts'
import { oneLine, shortened } from './plain-text.ts'
import { explanations } from './refusal.ts'

/** The checks of the report; those that could not be run for one reason stand together. */
export function checksLines(checks: readonly CheckReport[]): readonly string[] {
  const unreachable = Map.groupBy(checks.filter(isUnreachable), ({ detail }) => detail)
  return [
    ...checks.filter((check) => !isUnreachable(check)).flatMap(checkLines),
    ...[...unreachable].flatMap(([because, all]) => [
      `  ${signs['not-run']} ${oneLine(firstNames(all.map(({ name }) => name)))}: ${words['not-run']}`,
      ...(because === '' ? [] : [`      ${oneLine(because)}`]),
    ]),
  ]
}

/** Never begun: what was begun and stopped has a measurement, what was switched off a reason. */
function isUnreachable({ verdict, before, reason }: CheckReport): boolean {
  return verdict === 'not-run' && before === null && reason === null
}

/** A check in the report: one line, and what is still wrong below it. */
function checkLines(check: CheckReport): readonly string[] {
  const { name, verdict, before, after, findings } = check
  const measured = before ?? after
  const proof = measured === null ? '' : `  ${proofLine(measured, after)}`
  const first = `  ${signs[verdict]} ${oneLine(name)}: ${words[verdict]}${proof}`
  const because = reasonLine(check)
  const shown = interesting.has(verdict) ? findingLines(findings) : []
  return [first, ...(because === '' ? [] : [`      ${because}`]), ...shown]
}

/** "`npm test` exit 1 → exit 0 in 1.4 seconds": measured, never claimed. */
export function proofLine(before: Measurement, after: Measurement | null): string {
  const last = after ?? before
  const ends =
    after === null || ending(after.end) === ending(before.end)
      ? ending(last.end)
      : `${ending(before.end)} → ${ending(last.end)}`
  return `\`${command(last.command)}\` ${ends} in ${duration(last.durationMs)}`
}

function reasonLine({ reason, detail }: CheckReport): string {
  const said = oneLine(detail)
  if (reason === null) return said
  return said === '' ? explanations[reason].what : `${explanations[reason].what} (${said})`
}

const MOST_FINDINGS = 5

function findingLines(findings: readonly Finding[]): readonly string[] {
  const lines = findings.slice(0, MOST_FINDINGS).map((finding) => `      ${findingLine(finding)}`)
  const more = findings.length - MOST_FINDINGS
  return more > 0 ? [...lines, `      and ${more} more`] : lines
}

function findingLine({ file, line, rule, subject, message }: Finding): string {
  const where = file === null ? '' : `${file}${line === null ? '' : `:${line}`} `
  const what = [subject, rule].filter((part) => part !== null).join(' ')
  return shortened(oneLine(`${where}${what === '' ? '' : `${what}: `}${message}`), 160)
}

const signs: Record<CheckVerdict, string> = {
  green: '✓',
  fixed: '✓',
  unproved: '⚠',
  red: '✗',
  'pre-existing': '⚠',
  flaky: '⚠',
  'not-run': '⚠',
  off: '⚠',
}

const words: Record<CheckVerdict, string> = {
  green: 'green',
  fixed: 'was red, is fixed',
  unproved: 'repaired, but not proved',
  red: 'red',
  'pre-existing': 'red before as well, left alone',
  flaky: 'flaky, left alone',
  'not-run': 'not run',
  off: 'switched off',
}

const interesting: ReadonlySet<CheckVerdict> = new Set(['red', 'pre-existing', 'flaky'])
