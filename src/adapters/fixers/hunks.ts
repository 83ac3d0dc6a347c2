import { structuredPatch } from 'diff'

type Hunk = Pick<
  ReturnType<typeof structuredPatch>['hunks'][number],
  'oldStart' | 'oldLines' | 'lines'
>

/** `before` with only those changes towards `after` that touch one of the lines (counted from 1 in `before`). */
export function overlappingOnly(before: string, after: string, lines: ReadonlySet<number>): string {
  const { hunks } = structuredPatch('a', 'b', before, after, '', '', { context: 0 })
  const single = hunks.flatMap(lineByLine)
  const kept = single.filter((hunk) => touches(hunk, lines))
  return kept.length === single.length ? after : applied(before, kept)
}

/** Neighbouring lines that each became one line are changes of their own. */
function lineByLine(hunk: Hunk): readonly Hunk[] {
  const removed = hunk.lines.filter((line) => line.startsWith('-'))
  const added = hunk.lines.filter((line) => line.startsWith('+'))
  if (removed.length !== added.length) return [hunk]
  return removed.map((line, at) => ({
    oldStart: hunk.oldStart + at,
    oldLines: 1,
    lines: [line, added[at] ?? '+'],
  }))
}

/** An insertion lies between two lines and touches both. */
function touches({ oldStart, oldLines }: Hunk, lines: ReadonlySet<number>): boolean {
  const last = oldLines === 0 ? oldStart + 1 : oldStart + oldLines - 1
  for (let line = oldStart; line <= last; line += 1) if (lines.has(line)) return true
  return false
}

function applied(before: string, hunks: readonly Hunk[]): string {
  const lines = before.split('\n')
  // From the last to the first, so that earlier line numbers stay right.
  for (const { oldStart, oldLines, lines: changed } of hunks.toReversed()) {
    const added = changed.filter((line) => line.startsWith('+')).map((line) => line.slice(1))
    lines.splice(oldLines === 0 ? oldStart : oldStart - 1, oldLines, ...added)
  }
  return lines.join('\n')
}
