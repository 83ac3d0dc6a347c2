import type { CheckAnnotation } from '#domain/check-run.ts'
import type { Finding } from '#domain/finding.ts'
import type { CheckReport, CheckVerdict, FixReport } from '#domain/report.ts'

import { bytesOf, withinBytes } from './markdown.ts'
import { oneLine, shortened } from './plain-text.ts'

/** GitHub's limits of an annotation: the message in bytes, the title in characters. */
const mostMessage = 64_000
const mostTitle = 255

/** Four requests' worth: nobody reads more, and the report has all of it. */
const mostAnnotations = 200

/** What was found at which line of the commit and what became of it; what is left comes first. Plain text, no Markdown. */
export function annotationsOf(
  { checks }: Pick<FixReport, 'checks'>,
  pullRequest: { readonly number: number } | null,
): readonly CheckAnnotation[] {
  const left = checks.flatMap((check) =>
    levels[check.verdict] === null
      ? []
      : check.findings.flatMap((one) => annotation(one, check, levels[check.verdict] ?? 'notice')),
  )
  const words = pullRequest === null ? 'Repaired' : `Repaired in #${pullRequest.number}`
  const repaired = checks.flatMap((check) =>
    check.repaired.flatMap((one) =>
      annotation({ ...one, message: `${words}: ${one.message}` }, check, 'notice'),
    ),
  )
  return [...left, ...repaired].slice(0, mostAnnotations)
}

/** Nothing is noted where nothing is wrong, or nothing was seen. */
const levels: Record<CheckVerdict, CheckAnnotation['level'] | null> = {
  red: 'failure',
  unproved: 'failure',
  'pre-existing': 'warning',
  flaky: 'warning',
  green: null,
  fixed: null,
  'not-run': null,
  off: null,
}

function annotation(
  { file, line, rule, message }: Finding,
  { name }: CheckReport,
  level: CheckAnnotation['level'],
): readonly CheckAnnotation[] {
  if (file === null || line === null || !isInside(file)) return []
  const title = shortened(oneLine(rule === null ? name : `${name}: ${rule}`), mostTitle)
  const said = oneLine(message)
  const text = bytesOf(said) > mostMessage ? `${withinBytes(said, mostMessage - 3)}…` : said
  return [{ path: file, line, level, title, message: text === '' ? title : text }]
}

/** A path as git writes it: no tool can make it point elsewhere. */
function isInside(path: string): boolean {
  const parts = path.split('/')
  return (
    oneLine(path) === path && !parts.some((part) => part === '' || part === '.' || part === '..')
  )
}
