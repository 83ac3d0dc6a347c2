import { diffLines } from 'diff'

/** A line that only one of two texts has; its number counts from 1 in the text that has it. */
export interface ChangedLine {
  readonly side: 'added' | 'removed'
  readonly line: number
  readonly text: string
}

/** The added and removed lines between two texts; null is no file at all. */
export function changedLines(before: string | null, after: string | null): readonly ChangedLine[] {
  const lines: ChangedLine[] = []
  let [old, now] = [1, 1]
  for (const { added, removed, value, count } of diffLines(before ?? '', after ?? '')) {
    if (added) lines.push(...numbered('added', now, value))
    if (removed) lines.push(...numbered('removed', old, value))
    if (!added) old += count
    if (!removed) now += count
  }
  return lines
}

function numbered(side: ChangedLine['side'], from: number, value: string): ChangedLine[] {
  return value
    .replace(/\n$/, '')
    .split('\n')
    .map((text, index) => ({ side, line: from + index, text }))
}
