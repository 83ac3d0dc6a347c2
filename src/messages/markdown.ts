import { harmless } from './plain-text.ts'

/** GitHub's own limit for a comment, a pull request's body and a check run's summary, in characters. */
const most = 65_535

/**
 * Text of a repository or a person inside Markdown of ours: one line, no mention, no closing reference, no HTML, no link,
 * no formatting. What it looks like is what it says.
 */
export function plain(text: string): string {
  return harmless(text).replaceAll(/[\\`*_{}[\]<>()#+!|~&]/g, (mark) => `\\${mark}`)
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

/** Cut to what GitHub takes, at the end of a line, and saying so. */
export function withinLimit(markdown: string): string {
  if (markdown.length <= most) return markdown
  const note = '\n\n… cut here: the rest is in the record of the run.'
  const cut = markdown.slice(0, most - note.length)
  const open = (cut.match(/^`{3,}/gm) ?? []).length % 2 === 1
  const end = open ? `\n${/^(`{3,})/m.exec(cut)?.[1] ?? ''}` : ''
  return `${cut.slice(0, cut.lastIndexOf('\n', cut.length - end.length))}${end}${note}`
}
