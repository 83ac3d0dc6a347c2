import type { Invocation } from '#domain/check.ts'
import type { Finding } from '#domain/finding.ts'
import type { Printed, Tool } from '#ports/tool.ts'

import { command } from './arguments.ts'
import { found, isRed, located, unreadable } from './found.ts'
import { linesOf } from './plain-text.ts'

/** standard and what is built of it, e.g. semistandard: one format, which holds everything. */
export const standard: Tool = {
  id: 'standard',
  reporting: ({ argv }) => ({ argv: command(argv), reportFile: null }),
  parse: (printed, invocation) =>
    isRed(printed) ? (rowsOf(printed, invocation) ?? unreadable('standard', printed)) : [],
  plain: rowsOf,
}

/** `  /w/lib/main.js:1:12: Strings must use singlequote. (quotes)`; what is a warning keeps nothing from being green. */
function rowsOf(printed: Printed, invocation: Invocation): readonly Finding[] | null {
  const rows = linesOf(printed.stdout).flatMap((line) => {
    const cells = /^ {2}(.{1,1000}?):(\d{1,9}):(\d{1,9}): (.+) \(([^()]{1,200})\)$/.exec(line)
    const [, path = '', row, column, message = '', rule = ''] = cells ?? []
    const file = located(path, printed.root, invocation)
    if (cells === null || file === null || rule === 'warning') return []
    const place = { file, line: Number(row), column: Number(column) }
    return [found('standard', { ...place, rule: rule === 'null' ? null : rule, message })]
  })
  return rows.length > 0 ? rows : null
}
