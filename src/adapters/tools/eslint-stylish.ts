import type { Invocation } from '#domain/check.ts'
import type { Finding } from '#domain/finding.ts'
import type { Printed } from '#ports/tool.ts'

import { valueOf } from './arguments.ts'
import { found, located } from './found.ts'
import { linesOf } from './plain-text.ts'

interface Row {
  readonly severity: string
  readonly finding: Finding
}

/** ESLint's default format; null unless the rows add up to its own count, so that nothing is missed. */
export function stylish(printed: Printed, invocation: Invocation): readonly Finding[] | null {
  const lines = linesOf(printed.stdout)
  const summary = lines.find((line) => /^✖ \d+ problems? \(/.test(line))
  const rows = rowsOf(lines, (path) => located(path, printed.root, invocation))
  if (summary === undefined || rows === null) return null
  const [problems, , warnings] = (summary.match(/\d+/g) ?? []).map(Number)
  if (rows.length === 0 || rows.length !== problems) return null
  const most = valueOf(invocation.argv, '--max-warnings')
  const warningsToo = most !== null && Number(most) >= 0 && (warnings ?? 0) > Number(most)
  return rows
    .filter(({ severity }) => warningsToo || severity === 'error')
    .map(({ finding }) => finding)
}

/** Null when a row stands below no file of ours, or has no rule where one belongs. */
function rowsOf(
  lines: readonly string[],
  place: (path: string) => string | null,
): readonly Row[] | null {
  const rows: Row[] = []
  let file: string | null = null
  for (const line of lines) {
    const cells = /^ {2} *(\d{1,9}):(\d{1,9}) {2}(error|warning) {2,3}(.+)$/.exec(line)
    if (line.startsWith('/')) file = place(line)
    if (!cells) continue
    const row = rowOf(cells, file)
    if (row === null) return null
    rows.push(row)
  }
  return rows
}

function rowOf([, line, column, severity = '', text = '']: RegExpExecArray, file: string | null) {
  const gap = text.lastIndexOf('  ')
  const fatal = text.startsWith('Parsing error')
  if (file === null || (gap === -1 && !fatal)) return null
  const rule = fatal ? null : text.slice(gap + 2)
  const message = fatal ? text : text.slice(0, gap)
  const position = { line: Number(line), column: Number(column) }
  return { severity, finding: found('eslint', { rule, file, ...position, message }) }
}
