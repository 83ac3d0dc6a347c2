import type { Finding } from '#domain/finding.ts'
import type { Printed, Tool } from '#ports/tool.ts'

import { command as vector } from './arguments.ts'
import { found, isRed, withoutRoot } from './found.ts'
import { linesOf } from './plain-text.ts'

/** Lines that package managers and shells wrap around what a program said. */
const wrapping =
  /^(?:npm (?:error|ERR!)|> |\$ |\W*ELIFECYCLE\b|error Command failed|info Visit|\s*$)/

/** The last resort: any program, read by how it ended and by the last lines it printed. */
export const command: Tool = {
  id: 'command',
  reporting: ({ argv }) => ({ argv: vector(argv), reportFile: null }),
  parse: (printed) => (isRed(printed) ? [lastWords(printed)] : []),
}

/** What npm itself has to say, where nothing else spoke: `Missing script: "lint"`. */
function managersWord(lines: readonly string[]): string | undefined {
  const said = lines.map((line) => /^npm (?:error|ERR!) (?!code |A complete log)(\S.*)$/.exec(line))
  return said.find((match) => match !== null)?.[1]
}

/** One finding for a red command that nothing else understood. */
export function lastWords({ stdout, stderr, end, root }: Printed): Finding {
  if (end.kind === 'stopped')
    return found('command', {
      rule: `stopped-${end.by}`,
      message: `Stopped by its limit of ${end.by}`,
    })
  const lines = linesOf(`${stdout.slice(-20_000)}\n${stderr.slice(-20_000)}`)
  const told = lines.filter((line) => !wrapping.test(line) && !/^\s+at /.test(line))
  const error = told.find((line) => /(?:error|\bfailed|\bcannot|\bnot found)\b/i.test(line))
  const message = error ?? told.at(-1) ?? managersWord(lines) ?? 'It printed nothing'
  return found('command', { rule: `exit-${end.exitCode}`, message: withoutRoot(message, root) })
}
