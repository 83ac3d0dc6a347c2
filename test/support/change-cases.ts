import { readFileSync } from 'node:fs'

/** One change of one file. `rule` is empty where the file has none. */
export interface ChangeCase {
  readonly title: string
  readonly rule: string
  readonly path: string
  readonly before: string | null
  readonly after: string | null
}

/**
 * Reads cases written as `= title | rule | path` (or `= title | path`), then the old lines behind `-` and the new ones
 * behind `+`. No `-` line at all means that the file is new, no `+` line that it is deleted.
 */
export function changeCases(file: string): readonly ChangeCase[] {
  const [, ...blocks] = readFileSync(file, 'utf8').split(/^= /m)
  return blocks.map(changeCase)
}

function changeCase(block: string): ChangeCase {
  const [head = '', ...lines] = block.split('\n')
  const parts = head.split(' | ')
  const [title = ''] = parts
  const rule = parts.length > 2 ? (parts[1] ?? '') : ''
  return {
    title,
    rule,
    path: parts.at(-1) ?? '',
    before: side(lines, '-'),
    after: side(lines, '+'),
  }
}

function side(lines: readonly string[], sign: string): string | null {
  const mine = lines.filter((line) => line.startsWith(sign)).map((line) => line.slice(2))
  return mine.length === 0 ? null : mine.join('\n')
}
