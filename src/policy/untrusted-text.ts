/** The longest text of a person that a model is shown, in characters: GitHub's longest is 65,536. */
const mostCharacters = 8000

/**
 * A text as people see it on the page, for a reader who cannot tell what is hidden: without comments of HTML, without
 * elements and attributes that do not show, without invisible and bidirectional characters, cut to a length. The one place
 * where texts of issues and comments are cleaned (autofix.md 6).
 */
export function cleaned(text: string, most = mostCharacters): string {
  const some = text.slice(0, 4 * most).normalize('NFC')
  const seen = shown(withoutInvisible(some.replaceAll(/\r\n?/g, '\n')))
    .replaceAll(/[ \t]+\n/g, '\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
  return seen.length <= most ? seen : `${seen.slice(0, most - 1).trimEnd()}…`
}

const mostPasses = 10

/** What is left of nested or broken hiding places may be one again; who goes on with that gets no markup at all. */
function shown(text: string): string {
  let left = text
  for (let pass = 1; pass <= mostPasses; pass += 1) {
    const next = hidingPlaces.reduce((rest, [place, by]) => rest.replaceAll(place, by), left)
    if (next === left) return left
    left = next
  }
  return left.replaceAll('<', '‹')
}

/** Names of elements that GitHub shows or takes out; other words in angle brackets are code. */
const elements =
  'a|abbr|b|blockquote|body|br|center|cite|code|dd|del|details|div|dl|dt|em|font|footer|form|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|kbd|li|link|mark|meta|ol|p|picture|pre|q|rp|rt|ruby|s|samp|small|source|span|strike|strong|sub|summary|sup|svg|table|tbody|td|tfoot|th|thead|tr|tt|u|ul|var|video'

const hidingPlaces: readonly (readonly [RegExp, string])[] = [
  // A comment that is never closed hides all that follows.
  [/<!--[\s\S]*?(?:-->|$)/g, ''],
  [/<(script|style|template|noscript|title)\b[^>]{0,300}>[\s\S]*?(?:<\/\1\s*>|$)/gi, ''],
  [
    /<(\w+)\b[^>]{0,300}(?:\bhidden\b|display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0|opacity\s*:\s*0)[^>]{0,300}>[\s\S]*?(?:<\/\1\s*>|$)/gi,
    '',
  ],
  // A link's title and the text of an image that was loaded are not on the page.
  [/!\[[^\]\n]*\]\([^)\n]*\)/g, '(image)'],
  [/(\]\([^\s)]*)\s+["'][^)\n]*\)/g, '$1)'],
  [/^ {0,3}\[[^\]\n]+\]:[^\n]*$/gm, ''],
  [new RegExp(`</?(?:${elements})(?:[\\s/][^>]{0,500})?>`, 'gi'), ''],
]

/** Controls but tab and newline, format characters (zero width, bidirectional, tags), variation selectors, private use. */
function withoutInvisible(text: string): string {
  return text
    .replaceAll(
      /[\p{Cf}\p{Co}\p{Cs}\u{FE00}-\u{FE0F}\u{E0100}-\u{E01EF}\u{115F}\u{1160}\u{3164}\u{FFA0}]/gu,
      '',
    )
    .replaceAll(/(?![\t\n])\p{Cc}/gu, '')
}
