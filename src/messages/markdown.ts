import { harmless } from './plain-text.ts'

/**
 * GitHub takes 65,535 characters in a comment, a pull request's body and a check run's summary. Bytes are never fewer than
 * characters, and what is put around a text of ours needs some room.
 */
const most = 65_000

/**
 * Text of a repository or a person inside Markdown of ours: one line, no mention, no closing reference, no HTML, no link,
 * no formatting. What it looks like is what it says.
 */
export function plain(text: string): string {
  return harmless(text)
    .replaceAll(/[\\`*_{}[\]<>()#+!|~&]/g, (mark) => `\\${mark}`)
    .replaceAll(/:\/\/|\bwww\./gi, (address) => `${address.slice(0, -1)}\\${address.slice(-1)}`)
}

/** A command, path or name as code, however many backticks are in it. */
export function code(text: string): string {
  const said = harmless(text)
  const longest = Math.max(0, ...(said.match(/`+/g) ?? []).map(({ length }) => length))
  const fence = '`'.repeat(longest + 1)
  const pad = longest > 0 ? ' ' : ''
  return `${fence}${pad}${said}${pad}${fence}`
}

/** Lines as they are, in a block that nothing in them can end. */
export function codeBlock(lines: string, language = ''): string {
  const longest = Math.max(2, ...(lines.match(/`+/g) ?? []).map(({ length }) => length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}${language}\n${lines}\n${fence}`
}

/** Cut to what GitHub takes, at the end of a line, and saying so; a block of code that was open is closed. */
export function withinLimit(markdown: string): string {
  if (bytesOf(markdown) <= most) return markdown
  const kept: string[] = []
  let left = most - bytesOf(cutNote)
  let fence = ''
  for (const line of markdown.split('\n')) {
    const next = fenceAfter(line, fence)
    left -= bytesOf(line) + 1
    if (left < next.length + 1) break
    kept.push(line)
    fence = next
  }
  const [first = ''] = markdown.split('\n', 1)
  // A first line that is too long by itself is cut within.
  if (kept.length === 0) kept.push(withinBytes(first, most - bytesOf(cutNote)))
  return `${[...kept, ...(fence === '' ? [] : [fence])].join('\n')}${cutNote}`
}

const cutNote = '\n\n… cut here: the rest is in the record of the run.'

/** The fence of the block of code that is open after this line, or nothing. */
function fenceAfter(line: string, open: string): string {
  const [ticks = ''] = /^`{3,}/.exec(line) ?? []
  if (open === '') return ticks
  return ticks.length >= open.length && ticks === line.trimEnd() ? '' : open
}

/** In UTF-8. */
export function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length
}

/** As much of a text's beginning as so many bytes hold, never half a character. */
export function withinBytes(text: string, bytes: number): string {
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(bytes))
  return text.slice(0, read)
}
