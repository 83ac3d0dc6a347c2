import { diffLines } from 'diff'

import type { Change, ChangedFile } from '#domain/change.ts'
import type { Lines, Suggestion } from '#domain/suggestion.ts'

/** Somebody has to look at each of them; a patch is easier from there on. */
const most = 20

/**
 * A change as suggestions on the lines that a pull request shows, or null where a part of it cannot be one: it lies
 * elsewhere, a file is new or goes away, the end of a line or of the file changes.
 */
export function suggestionsFor(
  change: Change,
  shown: readonly Lines[],
): readonly Suggestion[] | null {
  const all: Suggestion[] = []
  for (const file of change) {
    const some = suggestionsIn(file)
    if (some === null || overlap(some)) return null
    all.push(...some)
  }
  if (all.length === 0 || all.length > most) return null
  return all.every((one) => shown.some((lines) => holds(lines, one))) ? all : null
}

function suggestionsIn({ path, before, after }: ChangedFile): readonly Suggestion[] | null {
  if (!isPlain(before) || !isPlain(after)) return null
  const lines = linesOf(before)
  return placesOf(before, after).map((place) => ({ path, ...placed(place, lines) }))
}

interface Place {
  /** The first line that goes, or the one before which something comes in. */
  readonly line: number
  readonly removed: number
  text: readonly string[]
}

function placesOf(before: string, after: string): readonly Place[] {
  const places: Place[] = []
  let line = 1
  for (const { added, removed, count, value } of diffLines(before, after)) {
    const last = places.at(-1)
    if (removed) places.push({ line, removed: count, text: [] })
    else if (added && last && last.line + last.removed === line) last.text = linesOf(value)
    else if (added) places.push({ line, removed: 0, text: linesOf(value) })
    if (!added) line += count
  }
  return places
}

/** Every line ends as lines do, the last one too. */
function isPlain(text: string | null): text is string {
  return text !== null && text.endsWith('\n') && !text.includes('\r')
}

function linesOf(text: string): readonly string[] {
  return text.split('\n').slice(0, -1)
}

/** A suggestion stands in the place of lines: what only comes in takes a neighbour with it, the one above if there is one. */
function placed(
  { line, removed, text }: Place,
  before: readonly string[],
): Omit<Suggestion, 'path'> {
  if (removed > 0) return { from: line, to: line + removed - 1, text }
  const neighbour = Math.max(1, line - 1)
  const kept = before[neighbour - 1] ?? ''
  return { from: neighbour, to: neighbour, text: line > 1 ? [kept, ...text] : [...text, kept] }
}

function overlap(some: readonly Suggestion[]): boolean {
  return some.some(({ from }, index) => from <= (some[index - 1]?.to ?? 0))
}

function holds(lines: Lines, { path, from, to }: Suggestion): boolean {
  return lines.path === path && lines.from <= from && to <= lines.to
}
