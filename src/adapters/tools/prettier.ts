import type { Invocation } from '#domain/check.ts'
import type { Finding } from '#domain/finding.ts'
import type { Printed, Tool } from '#ports/tool.ts'

import { command, without } from './arguments.ts'
import { found, isRed, located, unreadable } from './found.ts'
import { linesOf } from './plain-text.ts'

const notFormatted = 'Code style issues found'

/** `--check` prints all we need, so its own output is read and no second run is made. */
export const prettier: Tool = {
  id: 'prettier',
  reporting: ({ argv }) => ({
    argv: command(
      without(argv, {
        flags: ['--check', '-c', '--list-different', '-l', '--write', '-w'],
        valued: ['--log-level', '--loglevel'],
      }),
      '--check',
    ),
    reportFile: null,
  }),
  parse: (printed, invocation) => {
    if (!isRed(printed)) return []
    return plain(printed, invocation) ?? unreadable('prettier', printed)
  },
  plain,
}

function plain(printed: Printed, invocation: Invocation): readonly Finding[] | null {
  const findings: Finding[] = []
  let summed = false
  for (const line of linesOf(`${printed.stdout}\n${printed.stderr}`)) {
    if (line.startsWith('[warn] Code style issues')) summed = true
    else if (line.startsWith('[warn] ')) findings.push(unformatted(line.slice(7)))
    else if (line.startsWith('[error] ')) findings.push(...broken(line.slice(8)))
  }
  return summed || findings.some(({ rule }) => rule === 'syntax') ? findings : null

  function unformatted(path: string): Finding {
    const file = located(path, printed.root, invocation)
    return found('prettier', { rule: 'format', file, message: notFormatted })
  }

  /** `[error] src/a.js: SyntaxError: Unexpected token (1:7)`; the code frame below it has no such words. */
  function broken(text: string): Finding[] {
    const [path, message] = text.split(': SyntaxError: ', 2)
    if (path === undefined || message === undefined) return []
    const [, line, column] = /\((\d{1,9}):(\d{1,9})\)$/.exec(message) ?? []
    const file = located(path, printed.root, invocation)
    const position = { line: Number(line), column: Number(column) }
    return [found('prettier', { rule: 'syntax', file, ...position, message })]
  }
}
