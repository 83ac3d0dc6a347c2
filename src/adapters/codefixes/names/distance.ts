/**
 * Damerau's distance (optimal string alignment): insertions, deletions, substitutions and swaps of neighbours.
 * TypeScript's own search counts a swap as two, and so misses `nmae`.
 */
export function distance(a: string, b: string): number {
  let beforeLast: readonly number[] = []
  let last: readonly number[] = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= b.length; j += 1) row.push(cell({ a, b, i, j, row, last, beforeLast }))
    beforeLast = last
    last = row
  }
  return last[b.length] ?? 0
}

interface Cell {
  readonly a: string
  readonly b: string
  readonly i: number
  readonly j: number
  readonly row: readonly number[]
  readonly last: readonly number[]
  readonly beforeLast: readonly number[]
}

function cell({ a, b, i, j, row, last, beforeLast }: Cell): number {
  const cost = a[i - 1] === b[j - 1] ? 0 : 1
  const best = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + cost)
  const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
  return swapped ? Math.min(best, at(beforeLast, j - 2) + 1) : best
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? 0
}

/** The same letters, two neighbours swapped: a slip of the fingers, never another word. */
export function isSwap(a: string, b: string): boolean {
  return a.length === b.length && distance(a, b) === 1 && sorted(a) === sorted(b)
}

/** One letter struck twice: `adddress` for `address`. */
export function isDoubled(longer: string, shorter: string): boolean {
  if (longer.length !== shorter.length + 1) return false
  const lower = longer.toLowerCase()
  return Array.from(longer).some(
    (_, index) =>
      lower[index] === lower[index + 1] &&
      longer.slice(0, index) + longer.slice(index + 1) === shorter,
  )
}

function sorted(word: string): string {
  return Array.from(word).toSorted().join('')
}
