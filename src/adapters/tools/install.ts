import type { Finding } from '#domain/finding.ts'
import type { Printed, Tool } from '#ports/tool.ts'

import { command } from './arguments.ts'
import { found, isRed, unreadable } from './found.ts'
import { linesOf } from './plain-text.ts'

/** How each package manager names its failures; the first group is the code. */
const codes: readonly RegExp[] = [
  /^npm (?:error|ERR!) code (E[A-Z0-9_]+)/,
  /^\s*\[?(ERR_PNPM_[A-Z0-9_]+)/,
  // YN0000 tells how far it is; others are warnings, but for these.
  /^(?:➤ )?(YN(?:0001|0009|0010|0016|0018|0028|0035|0041|0080|0081|0082)): /,
  /^(?:➤ )?(YN(?!0000)\d{4}): .*(?:lockfile|error|not |couldn)/i,
]

/** Sentences that stand for a code where the manager prints none. */
const sentences: readonly (readonly [string, RegExp])[] = [
  ['LOCKFILE_FROZEN', /lockfile (?:would have been modified|had changes|needs to be updated)/i],
  ['EINTEGRITY', /integrity checksum failed|Integrity check failed/i],
]

/** A package manager's failure: its code as the rule, the first lines that explain it as messages. */
export const installTool: Tool = {
  id: 'install',
  reporting: ({ argv }) => ({ argv: command(argv), reportFile: null }),
  parse: (printed) => (isRed(printed) ? (plain(printed) ?? unreadable('install', printed)) : []),
  plain,
}

function plain(printed: Printed): readonly Finding[] | null {
  const lines = linesOf(`${printed.stderr}\n${printed.stdout}`)
  const coded = firstCoded(lines)
  if (coded === null) return null
  const { rule, line } = coded
  const said = [line, ...lines]
    .map(explanation)
    .filter((words) => words !== '' && !words.startsWith('code '))
  const named = said.flatMap((words) => missingPackage(words))
  const message = said[0] ?? rule
  if (named.length === 0) return [found('install', { rule, message })]
  return named.map(({ subject, message }) => found('install', { rule, subject, message }))
}

/** The code of the failure, and the line that has it. */
function firstCoded(
  lines: readonly string[],
): { readonly rule: string; readonly line: string } | null {
  for (const line of lines) {
    const code = codes.map((shape) => shape.exec(line)?.[1]).find((each) => each !== undefined)
    const rule = code ?? sentences.find(([, shape]) => shape.test(line))?.[0]
    if (rule) return { rule, line }
  }
  return null
}

function explanation(line: string): string {
  const words =
    /^(?:npm (?:error|ERR!)|\s*\[?ERR_PNPM_\w+\]?|(?:➤ )?YN\d{4}:|error:?)\s+(.*)$/.exec(line)
  return words?.[1]?.replace(/^[│└┌ ]+/, '').trim() ?? ''
}

/** npm lists what the lock lacks: `Missing: left-pad@1.3.0 from lock file`. */
function missingPackage(line: string): { subject: string; message: string }[] {
  if (!line.startsWith('Missing: ') && !line.startsWith('Invalid: ')) return []
  const subject = line.split(' ').find((word) => word.lastIndexOf('@') > 0)
  return subject === undefined ? [] : [{ subject, message: line }]
}
