import type { Node } from 'oxc-parser'

import type { Place, Syntax } from '../syntax.ts'
import { lineAt, placesIn } from '../syntax.ts'
import { chainOf, isGroupCall, isTestCall } from './names.ts'
import { isWaitOption } from './waits.ts'

/** A value written down in a test: what goes in, or what must come out. */
export interface Written {
  readonly key: string
  readonly file: string
  readonly line: number
}

/** The values in a test file, apart from module names, titles, inline snapshots and what nobody uses. */
export function valuesIn(syntax: Syntax): readonly Written[] {
  const unused = unusedIn(syntax)
  return syntax.places
    .filter((place) => !isAside(place) && !place.around.some((node) => unused.has(node)))
    .flatMap(({ node }) => {
      const key = valueKey(node)
      return key === null ? [] : [{ key, file: syntax.path, line: lineAt(syntax.text, node.start) }]
    })
}

/** The values in some nodes, sorted, for comparing. */
export function valueKeys(nodes: readonly Node[]): readonly string[] {
  return nodes
    .flatMap(placesIn)
    .filter(({ node, around }) => !around.slice(-1).some((parent) => isKeyOf(parent, node)))
    .flatMap(({ node }) => valueKey(node) ?? [])
    .toSorted()
}

function valueKey(node: Node): string | null {
  if (node.type === 'TemplateElement') {
    const text = node.value.cooked ?? node.value.raw
    return text === '' ? null : JSON.stringify(text)
  }
  if (node.type !== 'Literal' || node.value === null || node.value === '') return null
  if ('bigint' in node) return `${node.bigint}n`
  return 'regex' in node ? `/${node.regex.pattern}/` : JSON.stringify(node.value)
}

/** Values that say nothing about behaviour, or that another judge looks at. */
function isAside({ node, around }: Place): boolean {
  const parent = around.at(-1)
  if (parent === undefined || asides.has(parent.type)) return true
  if (isWaitOption(parent) || isKeyOf(parent, node)) return true
  return isName(parent, node) || around.some((outer) => isSnapshotCall(outer) || isLog(outer))
}

/** Names of modules and titles of tests. */
function isName(parent: Node, node: Node): boolean {
  if (parent.type !== 'CallExpression' || parent.arguments[0] !== node) return false
  return takesModule(parent) || isTestCall(parent) || isGroupCall(parent)
}

const asides = new Set<Node['type']>([
  'ExpressionStatement',
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'ImportAttribute',
  'TSImportType',
  'TSExternalModuleReference',
])

function takesModule(node: Node): boolean {
  const name = chainOf(node)?.join('.') ?? ''
  return /^(?:require(?:\.resolve)?|(?:vi|jest)\.\w*(?:[mM]ock|import\w*|require\w*))$/.test(name)
}

/** `a['b']` names `b`, as `a.b` does. */
function isKeyOf(parent: Node, node: Node): boolean {
  return (
    parent.type === 'MemberExpression' &&
    parent.property === node &&
    node.type === 'Literal' &&
    typeof node.value === 'string'
  )
}

function isLog(node: Node): boolean {
  return node.type === 'CallExpression' && chainOf(node)?.[0] === 'console'
}

/** Inline snapshots are judged with their assertion. */
function isSnapshotCall(node: Node): boolean {
  if (node.type !== 'CallExpression') return false
  return (chainOf(node)?.at(-1) ?? '').endsWith('InlineSnapshot')
}

/** Declarations whose name is written once only and not exported: nobody uses them, so they may go. */
function unusedIn({ places }: Syntax): ReadonlySet<Node> {
  const uses = new Map<string, number>()
  for (const { node } of places)
    if (node.type === 'Identifier') uses.set(node.name, (uses.get(node.name) ?? 0) + 1)
  const isUnused = (node: Node) =>
    (node.type === 'VariableDeclarator' || node.type === 'FunctionDeclaration') &&
    node.id?.type === 'Identifier' &&
    uses.get(node.id.name) === 1
  const inside = places.filter(
    ({ around }) => !around.some(({ type }) => type.startsWith('Export')),
  )
  return new Set(inside.map(({ node }) => node).filter(isUnused))
}
