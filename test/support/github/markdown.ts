import { raw } from 'hono/html'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'

/** The few tags GitHub lets through that texts of apps use; they come without attributes or not at all. */
const shown = /&lt;(\/?(?:sub|sup|details|summary))&gt;/g

/** A comment or a body as GitHub shows it: GitHub's Markdown, no HTML of the writer's, no comments. Safe to put on a page. */
export function rendered(markdown: string) {
  const html = micromark(markdown.replaceAll(/<!--[\s\S]*?-->/g, ''), {
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  })
  return raw(html.replaceAll(shown, '<$1>'))
}
