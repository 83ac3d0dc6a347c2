import { fromMarkdown } from 'mdast-util-from-markdown'

/** The longest text we read as Markdown; GitHub's comments end at 65,536 characters. */
const longest = 65_536

type Block = ReturnType<typeof fromMarkdown>['children'][number]

/**
 * The command a comment gives, without its slash, or null. A command is the whole first line of the first paragraph,
 * beginning at the left edge. What the comment quotes before it, and comments of HTML, are skipped; code is no paragraph.
 */
export function commandIn(body: string): string | null {
  // Most comments have no such line, and parsing a text made to be slow costs most of a second.
  if (body.length > longest || !/^\/[a-z]/m.test(body)) return null
  const first = fromMarkdown(body).children.find((block) => !isSkipped(block))
  if (first?.type !== 'paragraph' || first.position?.start.column !== 1) return null
  const { start, end } = first.position
  const [line = ''] = body.slice(start.offset, end.offset).split(/\r?\n|\r/, 1)
  return /^\/([a-z][a-z-]*)[ \t]*$/.exec(line)?.[1] ?? null
}

function isSkipped(block: Block): boolean {
  if (block.type === 'blockquote') return true
  return block.type === 'html' && block.value.replaceAll(/<!--[^]*?-->/g, '').trim() === ''
}
