import type { ModelEdit } from '#domain/recipe.ts'

import { pairsOf, type Piece, plainText, textOf } from './changed-node.ts'
import { syntaxOf } from './syntax.ts'

/** What ast-grep calls a language. */
type Language = 'TypeScript' | 'Tsx' | 'JavaScript'

/** A rewrite that both edits are cases of, in the pattern language of ast-grep. */
export interface Generalized {
  readonly language: Language
  readonly pattern: string
  readonly fix: string
}

/** More of them, and the pattern says nothing any more; our own choice. */
const mostVariables = 5

/**
 * Whether two edits are the same change in two places: what differs between them becomes a variable, and what was done
 * has to be the same by those variables alone. Null where it is not, or where the pattern would fit almost anything.
 */
export function recurring(one: ModelEdit, other: ModelEdit): Generalized | null {
  const language = languageOf(one.path)
  if (language === null || language !== languageOf(other.path)) return null
  const before = both(one, other, 'before')
  const after = both(one, other, 'after')
  if (before === null || after === null) return null
  const names = new Map<string, string>()
  const pattern = joined(before, names, true)
  const fix = joined(after, names, false)
  if (pattern === null || fix === null || pattern === fix) return null
  return isTelling(pattern) ? { language, pattern, fix } : null
}

function languageOf(path: string): Language | null {
  if (/\.[cm]?ts$/.test(path)) return 'TypeScript'
  if (path.endsWith('.tsx')) return 'Tsx'
  return /\.[cm]?jsx?$/.test(path) ? 'JavaScript' : null
}

type Both = readonly [Piece, Piece]

function both(one: ModelEdit, other: ModelEdit, side: 'before' | 'after'): Both | null {
  const [first, second] = [pieceIn(one.path, one[side]), pieceIn(other.path, other[side])]
  return first === null || second === null ? null : [first, second]
}

/** A text as one expression or statement; null where it is something else, as the member of a class. */
function pieceIn(path: string, text: string): Piece | null {
  const [node, ...more] = syntaxOf(path, text)?.program.body ?? []
  if (node === undefined || more.length > 0) return null
  const isBare = node.type === 'ExpressionStatement' && !text.trimEnd().endsWith(';')
  return { node: isBare ? node.expression : node, text }
}

/** The text of both with a variable where they differ; null where a difference can be no variable, or none that is known. */
function joined(both: Both, names: Map<string, string>, mayName: boolean): string | null {
  const [one, other] = both
  if (plainText(one) === plainText(other)) return textOf(one)
  const pairs = pairsOf(one, other)
  if (pairs === null || pairs.length === 0) return variable(both, names, mayName)
  const { node, text } = one
  let from = node.start
  let whole = ''
  for (const pair of pairs) {
    const inner = joined(pair, names, mayName)
    if (inner === null) return null
    whole += text.slice(from, pair[0].node.start) + inner
    from = pair[0].node.end
  }
  return whole + text.slice(from, node.end)
}

function variable([one, other]: Both, names: Map<string, string>, mayName: boolean): string | null {
  if (!isValue(one) || !isValue(other)) return null
  const key = JSON.stringify([plainText(one), plainText(other)])
  const known = names.get(key)
  if (known !== undefined) return known
  if (!mayName || names.size >= mostVariables) return null
  const name = `$${'ABCDEFGH'.charAt(names.size)}`
  names.set(key, name)
  return name
}

function isValue({ node }: Piece): boolean {
  return /Expression$|^(?:Identifier|Literal|TemplateLiteral)$/.test(node.type)
}

/** More than a name, and a word besides its variables: `$A - $B` fits everywhere, `$A.slice($B)` says what it is about. */
function isTelling(pattern: string): boolean {
  if (/^[\w$]+$/.test(pattern)) return false
  const words = pattern.replaceAll(/\$[A-Z]\b/g, ' ').match(/[A-Za-z_]\w{2,}/g) ?? []
  return words.some((word) => !plainWords.has(word))
}

const plainWords: ReadonlySet<string> = new Set([
  'return',
  'const',
  'let',
  'var',
  'await',
  'async',
  'function',
  'new',
  'true',
  'false',
  'null',
  'undefined',
  'this',
])
