import type { Node } from 'oxc-parser'

/** How names appear in a shape; a loose one looks through `await`, `?.`, `!` and casts. */
export interface Naming {
  readonly of: (name: string) => string
  readonly loose: boolean
}

const exact: Naming = { of: (name) => name, loose: false }
export const blurred: Naming = { of: () => '_', loose: true }

/**
 * A node's syntax without positions, quotes and layout, as text to compare.
 * A blurred naming gives a renamed thing the same shape.
 */
export function shapeOf(node: Node, naming: Naming = exact): string {
  return JSON.stringify(plain(node, naming))
}

function plain(value: unknown, naming: Naming): unknown {
  if (typeof value === 'bigint') return `${value}n`
  if (value instanceof RegExp) return String(value)
  if (Array.isArray(value)) return listed(value, naming)
  if (typeof value !== 'object' || value === null) return value
  return simplified(new Map(Object.entries(value)), naming)
}

/** Empty statements and blank JSX text are layout; so is the order of imports. */
function listed(values: readonly unknown[], naming: Naming): unknown[] {
  const items = values.map((value) => plain(value, naming)).filter((item) => item !== blank)
  const imports = items.filter(isImport).map((item) => JSON.stringify(item))
  return imports.length === 0
    ? items
    : [...imports.toSorted(), ...items.filter((item) => !isImport(item))]
}

const blank = Symbol('layout')

function simplified(of: ReadonlyMap<string, unknown>, naming: Naming): unknown {
  const type = String(of.get('type'))
  const look = looks[type]
  if (look !== undefined) return look(of, naming)
  if (naming.loose && wrappers.has(type))
    return plain(of.get('argument') ?? of.get('expression'), naming)
  return ['node', type, ...rest(of, naming)]
}

type Look = (of: ReadonlyMap<string, unknown>, naming: Naming) => unknown

/** The nodes that are written in more ways than one. */
const looks: Readonly<Record<string, Look>> = {
  EmptyStatement: () => blank,
  TSParenthesizedType: (of, naming) => plain(of.get('typeAnnotation'), naming),
  JSXText: (of) => text(of.get('value')),
  Literal: literal,
  TemplateLiteral: template,
  Identifier: (of, naming) => ['name', naming.of(String(of.get('name'))), ...rest(of, naming)],
  ImportDeclaration: sortedImport,
  Property: property,
  MemberExpression: member,
}

const wrappers = new Set([
  'AwaitExpression',
  'ChainExpression',
  'TSNonNullExpression',
  'TSAsExpression',
  'TSSatisfiesExpression',
])

/** `a['b']` is `a.b`. */
function member(of: ReadonlyMap<string, unknown>, naming: Naming): unknown {
  const key: unknown = of.get('property')
  const name: unknown = Reflect.get(Object(key), of.get('computed') === true ? 'value' : 'name')
  const object = plain(of.get('object'), naming)
  const optional = !naming.loose && of.get('optional') === true
  return typeof name === 'string'
    ? ['member', object, naming.of(name), optional]
    : ['item', object, plain(key, naming), optional]
}

function rest(of: ReadonlyMap<string, unknown>, naming: Naming): unknown[] {
  return [...of]
    .filter(([key, value]) => !layout.has(key) && value !== null && value !== false)
    .filter(([key]) => !(naming.loose && key === 'optional'))
    .filter(([, value]) => !(Array.isArray(value) && value.length === 0))
    .map(([key, value]) => [key, plain(value, naming)])
}

const layout = new Set([
  'type',
  'start',
  'end',
  'raw',
  'name',
  'range',
  'loc',
  'parent',
  'directive',
])

function text(value: unknown): unknown {
  const words = String(value).replaceAll(/\s+/g, ' ').trim()
  return words === '' ? blank : ['text', words]
}

function literal(of: ReadonlyMap<string, unknown>): unknown {
  const regex = of.get('regex')
  if (regex !== undefined) return ['regex', regex]
  const bigint = of.get('bigint')
  return bigint === undefined ? ['literal', of.get('value')] : ['bigint', bigint]
}

/** A template without holes is a string in other quotes. */
function template(of: ReadonlyMap<string, unknown>, naming: Naming): unknown {
  const expressions = of.get('expressions')
  const quasis = of.get('quasis')
  const only: unknown = Array.isArray(quasis) && quasis.length === 1 ? quasis[0] : null
  if (Array.isArray(expressions) && expressions.length === 0 && only !== null)
    return ['literal', cooked(only)]
  return ['template', plain(quasis, naming), plain(expressions, naming)]
}

function cooked(quasi: unknown): unknown {
  const value: unknown = Reflect.get(Object(quasi), 'value')
  return Reflect.get(Object(value), 'cooked')
}

function sortedImport(of: ReadonlyMap<string, unknown>, naming: Naming): unknown {
  const specifiers = of.get('specifiers')
  const names = Array.isArray(specifiers)
    ? specifiers.map((specifier) => JSON.stringify(plain(specifier, naming))).toSorted()
    : []
  return ['import', of.get('importKind') ?? 'value', names, plain(of.get('source'), naming)]
}

function isImport(item: unknown): boolean {
  return Array.isArray(item) && item[0] === 'import'
}

/** `{ 'a': 1 }` is `{ a: 1 }`. */
function property(of: ReadonlyMap<string, unknown>, naming: Naming): unknown {
  if (of.get('computed') === true) return ['node', 'Property', ...rest(of, naming)]
  const key: unknown = of.get('key')
  const name: unknown = Reflect.get(Object(key), 'name') ?? Reflect.get(Object(key), 'value')
  const others = new Map([...of].filter(([field]) => field !== 'key'))
  return ['property', naming.of(String(name)), ...rest(others, naming)]
}
