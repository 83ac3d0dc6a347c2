/** So much of anything is shown at once; the bill grows with every line of it. */
export const most = { files: 400, hits: 60, findings: 20, output: 4000 }

const width = 300
const page = { lines: 300, characters: 24_000 }

/** The first lines, each cut to a width, and how many more there are. */
export function shown(lines: readonly string[], limit: number): string {
  const some = lines.slice(0, limit).map((line) => line.slice(0, width))
  const more = lines.length - some.length
  return [...some, ...(more > 0 ? [`(and ${more} more)`] : [])].join('\n')
}

/** A page of a file from a line on, each line with its number. */
export function numbered(text: string, from: number): string {
  const lines = text.split('\n')
  const first = Math.max(1, from)
  const some = upTo(page.characters, lines.slice(first - 1, first - 1 + page.lines))
  const rest = lines.length - (first - 1) - some.length
  const more = rest > 0 ? [`(${rest} more lines; read on from line ${first + some.length})`] : []
  return [...some.map((line, index) => `${first + index}: ${line}`), ...more].join('\n')
}

/** As many lines as fit, a part of the first one in any case: a bundle is one line of megabytes. */
function upTo(characters: number, lines: readonly string[]): readonly string[] {
  let length = 0
  const fitting = lines.filter((line) => (length += line.length) <= characters)
  return fitting.length > 0 ? fitting : lines.slice(0, 1).map((line) => line.slice(0, characters))
}

/** The lines of a text file that contain the wanted text, which is in lower case. */
export function hitsIn(path: string, text: string | null, wanted: string): readonly string[] {
  if (text === null || text.includes('\0')) return []
  return text
    .split('\n')
    .flatMap((line, index) =>
      line.toLowerCase().includes(wanted) ? [`${path}:${index + 1}: ${line.trim()}`] : [],
    )
}

export function isIn(path: string, folder: string): boolean {
  const name = folder.replace(/^\.?\/*/, '').replace(/\/+$/, '')
  return name === '' || name === '.' || path.startsWith(`${name}/`)
}
