import { fromMarkdown } from 'mdast-util-from-markdown'

/** A paragraph that gives a command may explain itself; a longer one is a text, and costs the parser its square. */
const longest = 2000

/**
 * The command a comment gives, without its slash, or null. A command is the whole first line of the first paragraph,
 * beginning at the left edge. What the comment quotes before it, and comments of HTML, are skipped; code is no paragraph.
 * Takes time in proportion to the text, whatever somebody made it of.
 */
export function commandIn(body: string): string | null {
  const text = afterQuotes(body.replaceAll(/\r\n?/g, '\n'))
  const named = /^\/([a-z][a-z-]*)[ \t]*$/.exec(text.split('\n', 1)[0] ?? '')
  if (named === null) return null
  const [paragraph = ''] = text.slice(0, longest + 1).split(/\n[ \t]*\n/, 1)
  // It may still turn out to be a heading, by a line below it.
  const isPlain =
    paragraph.length <= longest && fromMarkdown(paragraph).children[0]?.type === 'paragraph'
  return isPlain ? (named[1] ?? null) : null
}

/** The text after empty lines, quotes and comments of HTML, as they stand at its beginning. */
function afterQuotes(text: string): string {
  let at = 0
  for (;;) {
    const end = skipped(text, at)
    if (end === at) return text.slice(at)
    at = end
  }
}

const emptyLine = /[ \t]*(?:\n|$)/y
/** A line that begins with text right below a quote still belongs to it: so a quote ends with an empty line. */
const quote = /(?: {0,3}>[^\n]*(?:\n|$))+(?=[ \t]*(?:\n|$))/y
const comment = / {0,3}<!--/y

function skipped(text: string, at: number): number {
  for (const shape of [emptyLine, quote]) {
    shape.lastIndex = at
    if (at < text.length && shape.test(text)) return shape.lastIndex
  }
  comment.lastIndex = at
  if (!comment.test(text)) return at
  const close = text.indexOf('-->', comment.lastIndex - 2)
  emptyLine.lastIndex = close + 3
  return close !== -1 && emptyLine.test(text) ? emptyLine.lastIndex : at
}
