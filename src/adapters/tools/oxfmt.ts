import type { Invocation } from '#domain/check.ts'
import type { Finding } from '#domain/finding.ts'
import type { Printed, Tool } from '#ports/tool.ts'

import { command, without } from './arguments.ts'
import { found, isRed, located, unreadable } from './found.ts'
import { framed } from './graphical.ts'
import { linesOf } from './plain-text.ts'

/** Like prettier's: `--check` names every file. */
export const oxfmt: Tool = {
  id: 'oxfmt',
  reporting: ({ argv }) => ({
    argv: command(without(argv, { flags: ['--check', '--list-different', '--write'] }), '--check'),
    reportFile: null,
  }),
  parse: (printed, invocation) => {
    if (!isRed(printed)) return []
    return plain(printed, invocation) ?? unreadable('oxfmt', printed)
  },
  plain,
}

function plain(printed: Printed, invocation: Invocation): readonly Finding[] | null {
  const text = `${printed.stdout}\n${printed.stderr}`
  const lines = linesOf(text)
  const end = lines.findIndex((line) => line.startsWith('Format issues found'))
  const begin = lines.findIndex((line) => line.startsWith('Checking formatting'))
  const listed = begin === -1 || end === -1 ? [] : lines.slice(begin + 1, end)
  const unformatted = listed.flatMap((line) => {
    const path = /^(.+) \(\d{1,9}(?:\.\d+)?m?s\)$/.exec(line)?.[1]
    const file = path ? located(path, printed.root, invocation) : null
    return file ? [found('oxfmt', { rule: 'format', file, message: 'Format issues found' })] : []
  })
  const broken = begin === -1 ? [] : framed(text).map(syntaxError)
  return unformatted.length + broken.length > 0 ? [...unformatted, ...broken] : null

  function syntaxError(frame: ReturnType<typeof framed>[number]): Finding {
    const file = located(frame.path, printed.root, invocation)
    const { line, column, text: message } = frame
    return found('oxfmt', { rule: 'syntax', file, line, column, message })
  }
}
