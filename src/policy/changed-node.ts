import type { Node } from 'oxc-parser'

import type { ChangedFile } from '#domain/change.ts'
import type { ModelEdit } from '#domain/recipe.ts'

import { childrenOf, syntaxOf } from './syntax.ts'

/** A piece of syntax with the text that it stands in. */
export interface Piece {
  readonly node: Node
  readonly text: string
}

/** More than this is no slip of one place. */
const longest = 400

/** The smallest piece of syntax that holds all that changed in a file; null where that is no small piece of a script. */
export function changedNode({ path, before, after }: ChangedFile): ModelEdit | null {
  if (before === null || after === null) return null
  const [old, now] = [syntaxOf(path, before), syntaxOf(path, after)]
  if (old === null || now === null) return null
  let pair: readonly [Piece, Piece] = [
    { node: old.program, text: before },
    { node: now.program, text: after },
  ]
  for (let inner = onlyDifference(...pair); inner !== null; inner = onlyDifference(...pair))
    pair = inner
  const [was, is] = [textOf(pair[0]), textOf(pair[1])]
  const isWhole = pair[0].node.type === 'Program'
  if (isWhole || was === is || was.length > longest || is.length > longest) return null
  return { path, before: was, after: is }
}

/** The one pair of children in which two pieces differ; null where they differ in themselves or in several, or by a word. */
function onlyDifference(a: Piece, b: Piece): readonly [Piece, Piece] | null {
  const pairs = pairsOf(a, b)
  const different = (pairs ?? []).filter(([one, other]) => plainText(one) !== plainText(other))
  const [only, ...others] = different
  // A word alone says nothing of where it was wrong.
  const isWord = only?.some((piece) => piecesOf(piece).length === 0) ?? true
  return isWord || others.length > 0 ? null : (only ?? null)
}

/** The children of both, side by side, where all around them is the same; null where it is not. */
export function pairsOf(a: Piece, b: Piece): readonly (readonly [Piece, Piece])[] | null {
  const [first, second] = [piecesOf(a), piecesOf(b)]
  if (a.node.type !== b.node.type || first.length !== second.length) return null
  if (frameOf(a, first) !== frameOf(b, second)) return null
  return first.flatMap((one, index) => {
    const other = second[index]
    return other === undefined ? [] : [[one, other] as const]
  })
}

/** In the order of the text; what overlaps, as in `{ a }`, is taken once. */
function piecesOf({ node, text }: Piece): readonly Piece[] {
  let from = node.start
  const pieces: Piece[] = []
  for (const child of childrenOf(node).toSorted((a, b) => a.start - b.start)) {
    if (child.start < from) continue
    pieces.push({ node: child, text })
    from = child.end
  }
  return pieces
}

/** What stands between the children: operators, brackets, keywords. */
function frameOf({ node, text }: Piece, children: readonly Piece[]): string {
  const gaps: string[] = []
  let from = node.start
  for (const { node: child } of children) {
    gaps.push(squeezed(text.slice(from, child.start)))
    from = child.end
  }
  return [...gaps, squeezed(text.slice(from, node.end))].join('\u0000')
}

export function textOf({ node, text }: Piece): string {
  return text.slice(node.start, node.end)
}

/** Layout says nothing. */
export function plainText(piece: Piece): string {
  return squeezed(textOf(piece))
}

function squeezed(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}
