import type { CiComparison, CiLog, CiMatch } from '#domain/ci.ts'
import type { Finding } from '#domain/finding.ts'
import type { CiEntry } from '#domain/report.ts'

import { troubleWords } from './ci-notes.ts'
import { counted } from './fix-notes.ts'
import { code, codeBlock, plain } from './markdown.ts'
import { oneLine, shortened } from './plain-text.ts'

/** What CI said of one red check, and how that stands to what was seen here; in plain text. */
export function comparisonLine({ check, match, seen, missed, unreachable }: CiComparison): string {
  const all = seen + missed.length
  const of = match === 'partly' ? ` (${seen} of ${counted(all, 'finding')})` : ''
  const why = match === 'not-run' && unreachable.length > 0 ? `: ${unreachable.join('; ')}` : ''
  return shortened(oneLine(`${check}: ${matchWords[match]}${of}${why}`), 300)
}

const matchWords: Record<CiMatch, string> = {
  same: 'the same here',
  partly: 'partly the same here',
  another: 'red here too, for another reason',
  'red-too': 'red here too; what CI said of it cannot be compared',
  'green-here': 'not reproducible here: each of its commands is green',
  'not-run': 'not reproducible here: not all of it can be run here',
  unknown: 'which command it runs is not known here',
}

/** One line for each check that stayed CI's word alone. */
export function notReproducedDetail(compared: readonly CiComparison[]): string {
  return compared.map(comparisonLine).join('\n')
}

/** What CI said, in its own words where nothing here could confirm them. All of it is untrusted. */
export function ciSection(entries: readonly CiEntry[]): string {
  if (entries.length === 0) return ''
  return [
    '**What CI said**',
    ...entries.slice(0, mostChecks).map(entryBlock),
    ...more(entries),
  ].join('\n\n')
}

const mostChecks = 10

function more({ length }: readonly CiEntry[]): readonly string[] {
  return length > mostChecks ? [`… and of ${length - mostChecks} more checks.`] : []
}

function entryBlock(entry: CiEntry): string {
  const { report, comparison, trouble } = entry
  const step =
    report.job?.step == null ? '' : ` in its step ${code(shortened(report.job.step, 80))}`
  const verdict = trouble === null ? here(comparison) : `: ${troubleWords[trouble]}`
  const head = `- ${code(report.check)} (${plain(report.conclusion)})${step}${verdict}`
  const isConfirmed = comparison !== null && confirmed.has(comparison.match)
  const own = isConfirmed ? missedLines(comparison) : ownWords(entry)
  return [head, ...own].join('\n')
}

const confirmed: ReadonlySet<CiMatch> = new Set(['same', 'partly'])

function here(comparison: CiComparison | null): string {
  if (comparison === null) return ''
  const { check: _check, ...rest } = comparison
  return ` — ${plain(comparisonLine({ check: '', ...rest }).replace(/^: /, ''))}`
}

const mostLines = 5

function missedLines({ missed }: CiComparison): readonly string[] {
  const lines = missed.slice(0, mostLines).map((one) => `  - only there: ${placed(one)}`)
  const left = missed.length - mostLines
  return left > 0 ? [...lines, `  - and ${left} more`] : lines
}

function placed({ file, line, message }: Pick<Finding, 'file' | 'line' | 'message'>): string {
  const where = file === null ? '' : `${code(`${file}${line === null ? '' : `:${line}`}`)} `
  return `${where}${plain(shortened(message, 200))}`
}

function ownWords({ report }: CiEntry): readonly string[] {
  const { title, annotations, log } = report
  const said = title === null ? [] : [`  - ${plain(shortened(title, 200))}`]
  const noted = annotations
    .filter(({ level }) => level === 'failure')
    .slice(0, mostLines)
    .map(({ path, line, message }) =>
      path === '.github'
        ? `  - ${plain(shortened(message, 200))}`
        : `  - ${placed({ file: path, line, message })}`,
    )
  return [...said, ...noted, ...logWords(log)]
}

const mostTail = 1500

function logWords(log: CiLog): readonly string[] {
  if (log.kind !== 'read') return log.kind === 'none' ? [] : [`  - ${noLog[log.kind]}`]
  if (log.text === '') return []
  const tail =
    log.text.length > mostTail ? log.text.slice(-mostTail).replace(/^[^\n]*\n/, '') : log.text
  return ['', codeBlock(tail)]
}

const noLog: Record<Exclude<CiLog['kind'], 'read' | 'none'>, string> = {
  expired: 'GitHub has thrown its log away.',
  refused: 'Its log may not be read: the App has no permission `actions: read`.',
  unreachable: 'Its log could not be fetched.',
}
