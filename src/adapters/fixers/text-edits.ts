import type { LintFix } from '../tools/eslint-report.ts'

/** The text with edits applied from the first on; one that overlaps or touches an earlier one is left for a later round. */
export function withEdits(
  text: string,
  edits: readonly LintFix[],
): { readonly text: string; readonly skipped: number } {
  const ordered = edits.toSorted((a, b) => a.range[0] - b.range[0] || a.range[1] - b.range[1])
  let result = ''
  let position = 0
  let skipped = 0
  for (const { range, text: replacement } of ordered) {
    const [start, end] = range
    if (start < position || (start === position && position > 0 && start === end)) skipped += 1
    else {
      result += text.slice(position, start) + replacement
      position = end
    }
  }
  return { text: result + text.slice(position), skipped }
}
