import { firstSentence, linesOf } from './plain-text.ts'

/** The kinds of failing tests that a fixer may treat differently; anything else keeps the error's own name, or null. */
const kinds: readonly (readonly [string, RegExp])[] = [
  ['snapshot', /^Snapshot [`'].*mismatched|^expect\(.*\)\.toMatch(?:Inline)?Snapshot\(/],
  [
    'timeout',
    /timed out in \d|^thrown: "Exceeded timeout|^Test timed out|^Timeout of \d+ms exceeded|STACK_TRACE_ERROR/,
  ],
  [
    'import',
    /^Cannot find (?:module|package)|^Failed to (?:resolve|load)|does not provide an export/,
  ],
]

export interface Said {
  readonly rule: string | null
  readonly message: string
}

/**
 * What a test runner says about one failure, the same from its report and from its plain output:
 * the first line without the bare word "Error", and a kind.
 */
export function saidBy(text: string): Said {
  const first = firstSentence(unexpectedToken(text))
  const [, name = null] = /^([\w$]{1,60}Error)(?: \[\w{1,60}\])?: /.exec(first) ?? []
  const message = first.replace(/^(?:Uncaught )?Error(?: \[\w{1,60}\])?: /, '')
  const kind = kinds.find(([, words]) => words.test(message))?.[0]
  if (kind === 'timeout') return { rule: kind, message: 'Test timed out' }
  return { rule: kind ?? name, message }
}

/** The same for a file that failed as a whole: the report leaves out the error's name there, so it counts for nothing. */
export function saidByFile(text: string): Said {
  const { rule, message } = saidBy(text)
  const named = message.replace(/^[\w$]{1,60}Error: /, '')
  return { rule: rule === 'import' || rule === 'timeout' ? rule : null, message: named }
}

/** Jest begins its syntax errors with a page of advice; what matters is the line behind "Details". */
function unexpectedToken(text: string): string {
  if (!text.includes('Jest encountered an unexpected token')) return text
  return linesOf(text).find((line) => line.trim().startsWith('SyntaxError: ')) ?? text
}
