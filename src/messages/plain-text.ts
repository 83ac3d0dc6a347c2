/**
 * Text from a repository made harmless in one line of ours: no control or invisible characters, no mention,
 * no reference that closes an issue, no word that skips a build. Meant for people, not for machines to read back.
 */
export function harmless(text: string): string {
  return oneLine(text)
    .replaceAll(
      /\[((?:skip|no) ?-?(?:ci|actions)|(?:ci|actions) skip|(?:skip|no) (?:ci|actions))\]/gi,
      '($1)',
    )
    .replaceAll(/\*\*\*no_ci\*\*\*/gi, '(no ci)')
    .replaceAll(/#(?=\d)/g, 'no. ')
    .replaceAll(/\bGH-(?=\d)/gi, 'GH ')
    .replaceAll(/(\/(?:issues|pull|discussions)\/)(?=\d)/gi, '$1 ')
    .replaceAll(/@(?=[a-z\d])/gi, '＠')
}

/** Control, format and bidirectional characters out, every run of white space one space. */
export function oneLine(text: string): string {
  return text
    .replaceAll(ansi, '')
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu, '')
    .trim()
}

/** At most so many characters, cut at a word where that loses little, ending in an ellipsis when cut. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text
  const cut = text.slice(0, most - 1)
  const space = cut.lastIndexOf(' ')
  return `${(space > most / 2 ? cut.slice(0, space) : cut).trimEnd()}…`
}

/** Words in lines of at most `width` characters; later lines are indented. A longer word keeps its line. */
export function wrapped(text: string, width: number): string {
  const lines = ['']
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? ''
    const longer = line === '' ? word : line === '  ' ? `  ${word}` : `${line} ${word}`
    if (longer.length <= width || line.trim() === '') lines[lines.length - 1] = longer
    else lines.push(`  ${word}`)
  }
  return lines.join('\n')
}

// oxlint's no-control-regex: the escape character is built instead of written.
const ansi = new RegExp(`${String.fromCodePoint(27)}\\[[0-9;?]*[ -/]*[@-~]`, 'g')
