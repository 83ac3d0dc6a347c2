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

/** The lines of `before`, counted from 1, that are not the same in `after` or stand next to what was put in. */
export function changedLines(before: string, after: string): ReadonlySet<number> {
  const { hunks } = structuredPatch('a', 'b', before, after, '', '', { context: 0 })
  return new Set(hunks.flatMap(lineByLine).flatMap(linesOf))
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

function touches(hunk: Hunk, lines: ReadonlySet<number>): boolean {
  return linesOf(hunk).some((line) => lines.has(line))
}

/** An insertion lies between two lines and touches both. */
function linesOf({ oldStart, oldLines }: Hunk): readonly number[] {
  return Array.from({ length: oldLines === 0 ? 2 : oldLines }, (_, at) => oldStart + at)
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
