import type { Invocation } from '#domain/check.ts'
import type { Finding } from '#domain/finding.ts'
import type { Printed, Tool } from '#ports/tool.ts'

import { command, without } from './arguments.ts'
import { found, isRed, located, unreadable } from './found.ts'
import { linesOf, numberBefore } from './plain-text.ts'

/** `--reporter=github` is the one machine format that biome 1 and 2 print alike; their JSON differs. */
export const biome: Tool = {
  id: 'biome',
  reporting: ({ argv }) => ({
    argv: command(
      without(argv, { valued: ['--reporter', '--max-diagnostics', '--colors'] }),
      '--reporter=github',
      '--max-diagnostics=10000',
      '--colors=off',
    ),
    reportFile: null,
  }),
  parse: (printed, invocation) => {
    if (!isRed(printed)) return []
    const all = linesOf(printed.stdout).flatMap(annotation)
    const blamed = counted(all, invocation)
    if (blamed.length === 0) return unreadable('biome', printed)
    return blamed.map((each) => findingOf(each, { printed, invocation }))
  },
  plain: (printed, invocation) => {
    const lines = linesOf(`${printed.stdout}\n${printed.stderr}`)
    const shown = diagnosticsIn(lines)
    const errors = shown.filter(({ severity }) => severity === 'error').length
    const total = lines.findLast((line) => /^Found \d+ errors?\./.test(line))
    if (total === undefined || errors === 0 || numberBefore(` ${total}`, 'error') !== errors)
      return null
    return counted(shown, invocation).map((each) => findingOf(each, { printed, invocation }))
  },
}

interface Diagnostic {
  readonly severity: 'error' | 'warning' | 'notice'
  readonly rule: string
  readonly path: string
  readonly line: number | null
  readonly column: number | null
  readonly message: string
}

/** `::error title=lint/style/useConst,file=src/a.ts,line=2,endLine=2,col=1,endColumn=4::This let …`. */
function annotation(line: string): Diagnostic[] {
  const [, severity, fields = '', text = ''] =
    /^::(error|warning|notice) (.*?)::(.*)$/.exec(line) ?? []
  if (severity !== 'error' && severity !== 'warning' && severity !== 'notice') return []
  const values = new Map(
    fields.split(',').map((field) => {
      const [key = '', ...value] = field.split('=')
      return [key, decoded(value.join('='))]
    }),
  )
  const number = (key: string) => (values.has(key) ? Number(values.get(key)) : null)
  const place = { line: number('line'), column: number('col') }
  const rule = values.get('title') ?? ''
  return [{ severity, rule, path: values.get('file') ?? '', ...place, message: decoded(text) }]
}

function decoded(text: string): string {
  return text
    .replaceAll('%0A', '\n')
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%25', '%')
}

const severities: Readonly<Record<string, Diagnostic['severity']>> = {
  '×': 'error',
  '!': 'warning',
  i: 'notice',
}

/** `src/a.ts:2:1 lint/style/useConst  FIXABLE  ━━━━`, an empty line, and `  × message`. */
function diagnosticsIn(lines: readonly string[]): Diagnostic[] {
  return lines.flatMap((line, at) => {
    if (!line.includes('━━━━')) return []
    const head = headline(line.replace(/ +(?:FIXABLE +)?━+$/, ''))
    const said = /^ {2}([×!i]) (.*)$/.exec(lines[at + 2] ?? '')
    const severity = severities[said?.[1] ?? '']
    return head && severity ? [{ ...head, severity, message: said?.[2] ?? '' }] : []
  })
}

function headline(text: string): Pick<Diagnostic, 'path' | 'rule' | 'line' | 'column'> | null {
  const [, path, line, column, rule] = /^(.+?)(?::(\d{1,9}):(\d{1,9}))? ([\w/-]+)$/.exec(text) ?? []
  if (path === undefined || rule === undefined) return null
  return { path, rule, line: Number(line) || null, column: Number(column) || null }
}

function counted(all: readonly Diagnostic[], { argv }: Invocation): readonly Diagnostic[] {
  const least = argv.includes('--error-on-warnings') ? ['error', 'warning'] : ['error']
  return all.filter(({ severity }) => least.includes(severity))
}

/** Formatting has no place inside the file, though the annotation format makes one up. */
function findingOf(
  { rule, path, line, column, message }: Diagnostic,
  { printed, invocation }: { readonly printed: Printed; readonly invocation: Invocation },
): Finding {
  const file = located(path, printed.root, invocation)
  const place = rule === 'format' ? {} : { line, column }
  return found('biome', { rule, file, ...place, message })
}
