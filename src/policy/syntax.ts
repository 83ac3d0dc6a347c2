import { parseSync, visitorKeys } from 'oxc-parser'
import type { Comment, Node, Program } from 'oxc-parser'

import type { ChangedFile } from '#domain/change.ts'

import { isScript } from './paths.ts'
import { shapeOf } from './shape.ts'

/** A script read once: every node in source order with the nodes around it, innermost last. */
export interface Syntax {
  readonly path: string
  readonly text: string
  readonly program: Program
  readonly comments: readonly Comment[]
  readonly places: readonly Place[]
}

export interface Place {
  readonly node: Node
  readonly around: readonly Node[]
}

/** null when it is no script, or none that a parser understands. */
export function syntaxOf(path: string, text: string): Syntax | null {
  if (!isScript(path)) return null
  const { program, comments, errors } = parseSync(path, text, { preserveParens: false })
  if (errors.length > 0) return null
  return { path, text, program, comments, places: placesIn(program) }
}

export function placesIn(root: Node): readonly Place[] {
  const places: Place[] = []
  const pending: Place[] = [{ node: root, around: [] }]
  for (let place = pending.pop(); place !== undefined; place = pending.pop()) {
    places.push(place)
    const around = [...place.around, place.node]
    for (const node of childrenOf(place.node).toReversed()) pending.push({ node, around })
  }
  return places
}

export function childrenOf(node: Node): readonly Node[] {
  const known = children.get(node)
  if (known !== undefined) return known
  const found = (visitorKeys[node.type] ?? []).flatMap((key) => {
    const value: unknown = Reflect.get(node, key)
    return Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : []
  })
  children.set(node, found)
  return found
}

/** Syntax never changes, so what was read off it once stays true. */
const children = new WeakMap<Node, readonly Node[]>()

/** Whether both texts mean the same to a machine: the same syntax, and the same imports in any order. */
export function isFormatOnly({ path, before, after }: ChangedFile): boolean {
  if (before === null || after === null) return false
  if (/\.(?:css|scss|less|md|html)$/.test(path)) return squeezed(before) === squeezed(after)
  const [old, now] = [meaningOf(path, before), meaningOf(path, after)]
  return old !== null && old === now
}

/** The meaning of a script or of a JSON file with comments, as text to compare; null when it cannot be read. */
export function meaningOf(path: string, text: string): string | null {
  if (/\.(?:json|jsonc|json5|prettierrc|eslintrc|babelrc|swcrc)$/.test(path)) {
    const value = syntaxOf('data.js', `(${text}\n)`)
    return value && shapeOf(value.program)
  }
  const script = syntaxOf(path, text)
  return script && shapeOf(script.program)
}

export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}

function squeezed(text: string): string {
  return text.replaceAll(/\s+/g, '').replaceAll('"', "'")
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value
}
