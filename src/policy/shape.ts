import type { Node } from 'oxc-parser'

/** Leaves a name as it is, or makes it another. */
export type Naming = (name: string) => string

/**
 * A node's syntax without positions, quotes and layout, as text to compare.
 * `naming` may blur identifiers, so that a renamed thing keeps its shape.
 */
export function shapeOf(node: Node, naming: Naming = (name) => name): string {
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
  const type = of.get('type')
  if (type === 'EmptyStatement') return blank
  if (type === 'TSParenthesizedType') return plain(of.get('typeAnnotation'), naming)
  if (type === 'JSXText') return text(of.get('value'))
  if (type === 'Literal') return literal(of)
  if (type === 'TemplateLiteral') return template(of, naming)
  if (type === 'Identifier') return [naming(String(of.get('name'))), ...rest(of, naming)]
  if (type === 'ImportDeclaration') return sortedImport(of, naming)
  if (type === 'Property' && of.get('computed') === false) return property(of, naming)
  return ['node', type, ...rest(of, naming)]
}

function rest(of: ReadonlyMap<string, unknown>, naming: Naming): unknown[] {
  return [...of]
    .filter(([key, value]) => !layout.has(key) && value !== null && value !== false)
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
  const key: unknown = of.get('key')
  const name: unknown = Reflect.get(Object(key), 'name') ?? Reflect.get(Object(key), 'value')
  const others = new Map([...of].filter(([field]) => field !== 'key'))
  return ['property', naming(String(name)), ...rest(others, naming)]
}
