import type { Printed } from '#ports/tool.ts'

const maxLines = 60
const maxCharacters = 8000

/** The last 60 lines (at most 8 kB) of what was printed, half from each stream when both have much to say. */
export function outputTail({ stdout, stderr }: Pick<Printed, 'stdout' | 'stderr'>): string {
  const out = endOf(stdout)
  const error = endOf(stderr)
  const half = maxLines / 2
  const errorLines = Math.min(error.length, Math.max(half, maxLines - out.length))
  const shown = [...out.slice(-(maxLines - errorLines)), ...error.slice(-errorLines)]
  return (errorLines === 0 ? out.slice(-maxLines) : shown).join('\n').slice(-maxCharacters)
}

function endOf(text: string): readonly string[] {
  const trimmed = text.slice(-4 * maxCharacters).trimEnd()
  return trimmed === '' ? [] : trimmed.split('\n').slice(-maxLines)
}
