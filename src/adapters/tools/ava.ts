import type { Invocation } from '#domain/check.ts'
import type { Finding } from '#domain/finding.ts'
import type { Printed, Tool } from '#ports/tool.ts'

import { command, without } from './arguments.ts'
import { found, isRed, located, unreadable, withoutRoot } from './found.ts'
import { tapIn } from './tap.ts'
import { saidBy, saidByFile } from './test-message.ts'
import { noTests } from './test-report.ts'

/** AVA, through its TAP: a line for each test, of a failed one with what it said, and one for each file that did not load. */
export const ava: Tool = {
  id: 'ava',
  reporting: ({ argv }) => ({
    argv: command(without(argv, { flags: ['--tap', '-t', '--watch', '-w'] }), '--tap'),
    reportFile: null,
  }),
  parse: (printed, invocation) => {
    const tap = tapIn(printed.stdout)
    if (tap === null) return isRed(printed) ? unreadable('ava', printed) : []
    const findings = failedIn(tap).flatMap((each) => findingOf(each, printed, invocation) ?? [])
    if (findings.length > 0) return findings
    if (tap.some((line) => line === '1..0')) return [noTests('ava')]
    return isRed(printed) ? unreadable('ava', printed) : []
  },
}

interface Failed {
  readonly title: string
  /** The YAML below it, as text. */
  readonly details: string
}

function failedIn(tap: readonly string[]): readonly Failed[] {
  return tap.flatMap((line, at) => {
    const [, title = null] = /^not ok \d{1,9}(?: - (.*))?$/.exec(line) ?? []
    if (title === null || / # (?:TODO|SKIP)\b/.test(title)) return []
    const below = tap.slice(at + 1, at + 200)
    const end = below.findIndex((each) => /^(?:\S|\s*\.\.\.$)/.test(each))
    return [{ title, details: below.slice(0, end === -1 ? below.length : end).join('\n') }]
  })
}

function findingOf(
  { title, details }: Failed,
  { root }: Printed,
  invocation: Invocation,
): Finding | null {
  const crashed = / imported from (\S+)$/.exec(title)?.[1] ?? null
  if (crashed !== null) {
    const said = saidByFile(withoutRoot(title, root))
    return found('ava', { file: located(crashed, root, invocation), ...said })
  }
  // Said of each file whose process failed, beside what failed in it.
  if (/ exited with a non-zero exit code: \d+$/.test(title)) return null
  const [, path = '', line, column] =
    /^\s*at: '?(?:file:\/\/)?(\/[^\n]*?):(\d{1,9}):(\d{1,9})'?$/m.exec(details) ?? []
  const isOwn = path !== '' && !path.includes('/node_modules/')
  const inside = isOwn ? located(path, root, invocation) : null
  const place = inside === null ? {} : { file: inside, line: Number(line), column: Number(column) }
  return found('ava', { ...place, subject: title, ...saidBy(withoutRoot(wordsIn(details), root)) })
}

/** What was thrown, else the assertion and its message. */
function wordsIn(details: string): string {
  const [, error, message] =
    /'Error thrown in test:': \|-\n\s*([\w$]+) \{\n\s*message: '(.*)',$/m.exec(details) ?? []
  if (error !== undefined) return `${error}: ${message?.replaceAll(String.raw`\'`, "'") ?? ''}`
  const field = (name: string): string =>
    new RegExp(`^\\s*${name}: '?(.*?)'?$`, 'm').exec(details)?.[1] ?? ''
  return `${field('name')}: ${field('assertion')} ${field('message')}`.trim()
}
