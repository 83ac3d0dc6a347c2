import { fromMarkdown } from 'mdast-util-from-markdown'

import type { Said } from '#domain/command.ts'

import { readCommand } from './command-line.ts'

/** A paragraph that gives a command may explain itself; a longer one is a text, and costs the parser its square. */
const longest = 2000

/**
 * What a comment asks of us. A command is the whole first line of the first paragraph, beginning at the left edge. What
 * the comment quotes before it, and comments of HTML, are skipped; code is no paragraph. One comment gives one command.
 * Takes time in proportion to the text, whatever somebody made it of.
 */
export function saidIn(body: string): Said {
  const text = afterQuotes(body.replaceAll(/\r\n?/g, '\n'))
  const [line = '', ...others] = text.split('\n')
  const said = readCommand(line)
  if (said.kind === 'nothing' || !isPlain(text)) return { kind: 'nothing' }
  const second = others.filter(outsideCode()).find((other) => readCommand(other).kind === 'command')
  if (second === undefined) return said
  const mistake = { because: 'two-commands' as const, said: second.slice(0, 100), meant: null }
  return { kind: 'mistake', mistake }
}

/** It may still turn out to be a heading, by a line below it. */
function isPlain(text: string): boolean {
  const [paragraph = ''] = text.slice(0, longest + 1).split(/\n[ \t]*\n/, 1)
  return paragraph.length <= longest && fromMarkdown(paragraph).children[0]?.type === 'paragraph'
}

/** Leaves out the lines between fences; one that never closes goes to the end. */
function outsideCode(): (line: string) => boolean {
  let isCode = false
  return (line) => {
    if (/^ {0,3}(?:```|~~~)/.test(line)) isCode = !isCode
    return !isCode
  }
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
