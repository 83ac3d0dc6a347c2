import { diffLines } from 'diff'

/** The numbers (from 1) of the lines of `after` that are not in `before`; all of them when the texts are too far apart. */
export function addedLines(before: string, after: string): ReadonlySet<number> {
  const changes = diffLines(before, after, { maxEditLength: 5000 })
  const added = new Set<number>()
  if (changes === undefined) return everyLine(after)
  let line = 1
  for (const change of changes) {
    if (change.removed) continue
    for (let at = 0; at < change.count; at += 1) if (change.added) added.add(line + at)
    line += change.count
  }
  return added
}

function everyLine(text: string): ReadonlySet<number> {
  return new Set(text.split('\n').map((_, at) => at + 1))
}
