import type { LintFix } from '../tools/eslint-report.ts'

interface Span {
  readonly start: number
  readonly end: number
}

/** Deletes a statement, with its line where it has one to itself, and one of two empty lines that would meet. */
export function withoutStatement(text: string, { start, end }: Span): LintFix {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1
  const newline = text.indexOf('\n', end)
  const lineEnd = newline === -1 ? text.length : newline + 1
  const alone = text.slice(lineStart, start).trim() === '' && text.slice(end, lineEnd).trim() === ''
  if (!alone) return { range: [start, end], text: '' }
  const emptyBefore = lineStart === 0 || text.slice(0, lineStart).endsWith('\n\n')
  const emptyAfter = text.startsWith('\n', lineEnd)
  return { range: [lineStart, emptyBefore && emptyAfter ? lineEnd + 1 : lineEnd], text: '' }
}

/** Deletes one of a list's members, with the comma that is then too many. */
export function withoutMember(members: readonly Span[], at: number): LintFix {
  const member = members[at]
  const next = members[at + 1]
  const previous = members[at - 1]
  if (member && next) return { range: [member.start, next.start], text: '' }
  if (member && previous) return { range: [previous.end, member.end], text: '' }
  return { range: [member?.start ?? 0, member?.end ?? 0], text: '' }
}

/** Where a line and a column, both counted from 1, stand in a text; null outside of it. */
export function offsetOf(text: string, line: number, column: number): number | null {
  let start = 0
  for (let each = 1; each < line; each += 1) {
    start = text.indexOf('\n', start) + 1
    if (start === 0) return null
  }
  return start + column - 1 <= text.length ? start + column - 1 : null
}

export function covers({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset < end
}
