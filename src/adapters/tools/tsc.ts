import type { Invocation } from '#domain/check.ts'
import type { Finding } from '#domain/finding.ts'
import type { Printed, Tool } from '#ports/tool.ts'

import { command } from './arguments.ts'
import { distinct, found, isRed, located, unreadable, withoutRoot } from './found.ts'
import { linesOf } from './plain-text.ts'

/** Its plain output holds everything; `-b` prints a file once per project that includes it. */
export const tsc: Tool = {
  id: 'tsc',
  reporting: ({ argv }) => ({
    argv: command(withoutPretty(argv), '--pretty', 'false'),
    reportFile: null,
  }),
  parse: (printed, invocation) => {
    if (!isRed(printed)) return []
    return plain(printed, invocation) ?? unreadable('tsc', printed)
  },
  plain,
}

function plain(printed: Printed, invocation: Invocation): readonly Finding[] | null {
  const findings = linesOf(`${printed.stdout}\n${printed.stderr}`).flatMap((line) => {
    const read = readLine(line)
    if (read === null) return []
    const file = read.path === null ? null : located(read.path, printed.root, invocation)
    const { line: row, column, rule } = read
    const message = withoutRoot(read.message, printed.root)
    return [found('tsc', { rule, file, line: row, column, message })]
  })
  return findings.length > 0 ? distinct(findings) : null
}

interface Read {
  readonly path: string | null
  readonly line: number | null
  readonly column: number | null
  readonly rule: string
  readonly message: string
}

/** `a.ts(1,7): error TS2322: …`, `a.ts:1:7 - error TS2322: …` and `error TS5058: …`. */
function readLine(line: string): Read | null {
  const at = line.indexOf('error TS')
  const [, rule, message] =
    at === -1 ? [] : (/^error (TS\d{1,6}): (.*)$/.exec(line.slice(at)) ?? [])
  if (rule === undefined || message === undefined) return null
  const before = line.slice(0, at)
  if (before === '') return { path: null, line: null, column: null, rule, message }
  const place = /^(.*)[(:](\d{1,9})[,:](\d{1,9})(?:\): | - )$/.exec(before)
  if (!place?.[1] || place[1].startsWith(' ')) return null
  return { path: place[1], line: Number(place[2]), column: Number(place[3]), rule, message }
}

function withoutPretty(argv: readonly string[]): string[] {
  return argv.filter(
    (each, at) =>
      !each.startsWith('--pretty') && !(argv[at - 1] === '--pretty' && /^(true|false)$/.test(each)),
  )
}
