import type { Node } from 'oxc-parser'

import type { Json } from '#domain/outcome.ts'

import { syntaxOf } from '../syntax.ts'

/** JSON with comments and trailing commas, read as the script expression that it is; undefined when it is none. */
export function readData(text: string): Json | undefined {
  const syntax = syntaxOf('data.js', `(${text}\n)`)
  const [statement] = syntax?.program.body ?? []
  return statement?.type === 'ExpressionStatement' ? valueOf(statement.expression) : undefined
}

/** One place where two values differ; `undefined` is not there. */
export interface Difference {
  readonly path: readonly string[]
  readonly before: Json | undefined
  readonly after: Json | undefined
}

/** Leaves that differ, lists as wholes; the order of keys is no difference. */
export function differences(
  before: Json | undefined,
  after: Json | undefined,
  path: readonly string[] = [],
): readonly Difference[] {
  const [old, now] = [entriesOf(before), entriesOf(after)]
  if (old === null || now === null)
    return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ path, before, after }]
  const keys = [...new Set([...old.keys(), ...now.keys()])]
  return keys.flatMap((key) => differences(old.get(key), now.get(key), [...path, key]))
}

function entriesOf(value: Json | undefined): ReadonlyMap<string, Json> | null {
  if (value === undefined) return new Map()
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? new Map(Object.entries(value))
    : null
}

function valueOf(node: Node): Json | undefined {
  if (node.type === 'Literal') return typeof node.value === 'bigint' ? undefined : plain(node.value)
  if (node.type === 'ArrayExpression')
    return node.elements.map((item) => (item === null ? null : (valueOf(item) ?? null)))
  if (node.type === 'UnaryExpression') return -Number(valueOf(node.argument))
  if (node.type !== 'ObjectExpression') return undefined
  const entries = node.properties.flatMap((property) => {
    if (property.type !== 'Property' || property.key.type !== 'Literal') return []
    return [[String(property.key.value), valueOf(property.value) ?? null] as const]
  })
  return Object.fromEntries(entries)
}

function plain(value: string | number | boolean | RegExp | null): Json {
  return value instanceof RegExp ? String(value) : value
}
