import type { Invocation } from '#domain/check.ts'
import type { Finding } from '#domain/finding.ts'
import type { Printed } from '#ports/tool.ts'

import { found, located, withoutRoot } from './found.ts'
import { linesOf } from './plain-text.ts'
import { saidBy } from './test-message.ts'

export interface Run {
  readonly printed: Printed
  readonly invocation: Invocation
}

/** The lines from `TAP version` on, or null when there is no TAP. */
export function tapIn(text: string): readonly string[] | null {
  const lines = linesOf(text)
  const begin = lines.findIndex((line) => line.startsWith('TAP version '))
  return begin === -1 ? null : lines.slice(begin)
}

/** The failed tests in Node's TAP; a suite that failed only because of its tests is not one of them. */
export function readTap(lines: readonly string[], run: Run): readonly Finding[] {
  const findings: Finding[] = []
  const open: string[] = []
  let comments: string[] = []
  for (const [at, line] of lines.entries()) {
    const text = line.trimStart()
    const depth = (line.length - text.length) / 4
    if (text.startsWith('# Subtest: ')) open.splice(depth, Infinity, unescaped(text.slice(11)))
    else if (text.startsWith('# ')) comments.push(text.slice(2))
    if (!/^not ok \d/.test(text) || / # (?:TODO|SKIP)\b/.test(text)) continue
    const fields = fieldsBelow(lines, at)
    if (fields['failureType'] !== 'subtestsFailed')
      findings.push(findingOf({ titles: open.slice(0, depth + 1), fields, comments }, run))
    comments = []
  }
  return findings
}

interface Failed {
  readonly titles: readonly string[]
  readonly fields: Readonly<Record<string, string>>
  readonly comments: readonly string[]
}

function findingOf({ titles, fields, comments }: Failed, { printed, invocation }: Run): Finding {
  const [, path = '', line, column] =
    /^(.*):(\d{1,9}):(\d{1,9})$/.exec(fields['location'] ?? '') ?? []
  const file = path === '' ? null : located(path, printed.root, invocation)
  const error = fields['error'] ?? ''
  // A file that could not be loaded is one failed "test" whose reason stands in the comments before it.
  const crashed = error === 'test failed' && fields['exitCode'] !== undefined
  const reason = comments.find((each) => /^[\w$]*Error\b.*: /.test(each)) ?? error
  return found('node-test', {
    file,
    subject: crashed ? null : titles.join(' > '),
    line: Number(line),
    column: Number(column),
    ...saidBy(withoutRoot(crashed ? reason : named(fields, error), printed.root)),
  })
}

function named(fields: Readonly<Record<string, string>>, error: string): string {
  const name = fields['name']
  return name ? `${name}: ${error}` : error
}

/** The YAML block below a result, as far as its first level goes. */
function fieldsBelow(lines: readonly string[], at: number): Record<string, string> {
  const fields: Record<string, string> = {}
  let last: string | null = null
  for (const line of lines.slice(at + 1, at + 60)) {
    const text = line.trim()
    if (text === '...') break
    const [, key, value] = /^(\w+): (.*)$/.exec(text) ?? []
    if (key !== undefined && value !== undefined) {
      fields[key] ??= unquoted(value)
      last = key
    } else if (last !== null && /^\|-?$/.test(fields[last] ?? '')) fields[last] = text
  }
  return fields
}

function unquoted(value: string): string {
  return /^(['"]).*\1$/.test(value) ? value.slice(1, -1) : value
}

function unescaped(title: string): string {
  return title.replaceAll(String.raw`\#`, '#').replaceAll(String.raw`\\`, '\\')
}
