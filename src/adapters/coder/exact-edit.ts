/** What became of an exact replacement; a refusal is a sentence for whoever asked for it. */
export type Replaced =
  | { readonly kind: 'replaced'; readonly text: string }
  | { readonly kind: 'refused'; readonly because: string }

/** Replaces a text that stands exactly once in the file; nothing is guessed (fixers.md, part C: search/replace). */
export function replaceOnce(text: string, search: string, replace: string): Replaced {
  const at = text.indexOf(search)
  if (at < 0) return refused('The text to replace is not in the file. Read it again.')
  if (text.includes(search, at + 1))
    return refused('The text to replace stands there more than once. Take more lines around it.')
  return { kind: 'replaced', text: text.slice(0, at) + replace + text.slice(at + search.length) }
}

/** The longest file that may be written as a whole, in lines; a longer one is edited by replacing (fixers.md, part C). */
const shortFile = 150

/** Whether a file may be given as a whole: a new one, or a short one. */
export function isShort(text: string | null): boolean {
  return text === null || text.split('\n').length <= shortFile
}

function refused(because: string): Replaced {
  return { kind: 'refused', because }
}
