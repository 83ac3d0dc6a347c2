const maxLines = 200_000
const maxLineLength = 4000

/** CSI sequences, and OSC sequences of a bounded length, so that hostile text costs linear time (fixers.md A7, 39). */
const ansi = new RegExp(
  String.raw`\u001B(?:\[[0-?]{0,40}[ -/]{0,4}[@-~]|\][^\u0007\u001B]{0,200}\u0007)`,
  'g',
)

/** What a terminal would show, without colours. */
function withoutColours(text: string): string {
  return text.replaceAll(ansi, '')
}

/** Lines without colours and line ends; both the number and the length of lines are bounded. */
export function linesOf(text: string): readonly string[] {
  return withoutColours(text)
    .split('\n', maxLines)
    .map((line) => line.slice(0, maxLineLength).replace('\r', ''))
}

/** The first line that says something, in one breath: what a finding's message is made of. */
export function firstSentence(text: string): string {
  const line = linesOf(text).find((each) => each.trim() !== '') ?? ''
  return line.replaceAll(/\s+/g, ' ').trim().replace(/\.$/, '').slice(0, 500)
}

/** The number before a word, e.g. 4 in `Tests:  4 failed`; null when there is none. */
export function numberBefore(line: string, word: string): number | null {
  const at = line.indexOf(` ${word}`)
  if (at === -1) return null
  const digits = line.slice(0, at).split(/\D/).at(-1) ?? ''
  return digits === '' ? null : Number(digits)
}
