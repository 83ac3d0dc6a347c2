import { posix } from 'node:path'

import type { Invocation } from '#domain/check.ts'
import type { Finding, ToolId } from '#domain/finding.ts'
import type { Printed } from '#ports/tool.ts'

import { firstSentence, linesOf } from './plain-text.ts'

type Parts = Partial<Omit<Finding, 'tool' | 'message'>> & { readonly message: string }

/** A finding whose unknown parts are null and whose message is one bounded line. */
export function found(tool: ToolId, parts: Parts): Finding {
  return {
    tool,
    rule: parts.rule ?? null,
    file: parts.file ?? null,
    line: positive(parts.line),
    column: positive(parts.column),
    subject: parts.subject ?? null,
    message: firstSentence(parts.message),
  }
}

function positive(value: number | null | undefined): number | null {
  return value && Number.isInteger(value) && value > 0 ? value : null
}

/**
 * A path as a tool prints it, as one relative to the root with forward slashes; null when it lies outside.
 * Relative paths start in the invocation's directory.
 */
export function located(
  path: string,
  root: string | null | undefined,
  invocation: Invocation,
): string | null {
  const plain = path.replace(/^file:\/\//, '').replaceAll('\\', '/')
  const inside = plain.startsWith('/')
    ? below(plain, root)
    : posix.join(invocation.directory.replaceAll('\\', '/'), plain)
  if (inside === null) return null
  const normal = posix.normalize(inside)
  return normal.startsWith('../') || normal === '..' ? null : normal
}

function below(absolute: string, root: string | null | undefined): string | null {
  return root && absolute.startsWith(`${root}/`) ? absolute.slice(root.length + 1) : null
}

/** A message whose absolute paths are relative to the root, so that two workspaces say the same. */
export function withoutRoot(message: string, root: string | null | undefined): string {
  return root ? message.replaceAll(`file://${root}/`, '').replaceAll(`${root}/`, '') : message
}

/** The one finding for output that cannot be read: the last lines that say something. */
export function unreadable(tool: ToolId, { stdout, stderr, root }: Printed): readonly Finding[] {
  const lines = linesOf(`${stdout.slice(-20_000)}\n${stderr.slice(-20_000)}`)
  const telling = lines.find((line) => /error|fail|cannot|not found|invalid/i.test(line))
  const said = telling ?? lines.findLast((line) => line.trim() !== '') ?? 'no output'
  return [found(tool, { rule: 'unreadable', message: withoutRoot(said, root) })]
}

/** Each finding once, by everything it says. */
export function distinct(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Map(findings.map((each) => [JSON.stringify(each), each]))
  return [...seen.values()]
}

/** What a red tool said, and nothing when it went well. */
export function isRed({ end }: Printed): boolean {
  return end.kind !== 'exited' || end.exitCode !== 0
}
