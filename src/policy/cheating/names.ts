import type { CallExpression, MemberExpression, Node } from 'oxc-parser'

import type { Place } from '../syntax.ts'

/** The named things around a place, outermost first: "Shop.checkout", "math › adds". */
export function holderOf({ node, around }: Place): string {
  return [...around, node]
    .map(nameOf)
    .filter((name) => name !== null)
    .join('.')
}

/** The name a node gives to what is inside it, or null. */
export function nameOf(node: Node): string | null {
  if (node.type === 'CallExpression')
    return isTestCall(node) || isGroupCall(node) ? titleOf(node) : null
  if ('id' in node && node.id) return identifier(node.id)
  return 'key' in node ? keyName(node.key) : null
}

export function identifier(node: Node): string | null {
  return node.type === 'Identifier' ? node.name : null
}

/** A property's name as the code that uses it would say it. */
export function keyName(node: Node): string | null {
  if (node.type === 'Literal') return String(node.value)
  return node.type === 'PrivateIdentifier' ? `#${node.name}` : identifier(node)
}

/** `vi.mock` → ["vi", "mock"]; calls on the way are looked through; null when it does not start at a name. */
export function chainOf(node: Node): readonly string[] | null {
  if (node.type === 'Identifier') return [node.name]
  if (node.type === 'ThisExpression') return ['this']
  if (node.type === 'CallExpression') return chainOf(node.callee)
  if (node.type === 'TaggedTemplateExpression') return chainOf(node.tag)
  if (node.type === 'ChainExpression' || node.type === 'TSNonNullExpression')
    return chainOf(node.expression)
  return node.type === 'MemberExpression' ? memberChain(node) : null
}

function memberChain({ object, property }: MemberExpression): readonly string[] | null {
  const before = chainOf(object)
  const name = keyName(property)
  return before === null || name === null ? null : [...before, name]
}

const testRoots = new Set(['it', 'test', 'specify', 'bench', 'xit', 'xtest', 'fit', 'ftest'])
const groupRoots = new Set(['describe', 'suite', 'context', 'xdescribe', 'fdescribe'])
const innerRoots = new Set(['t', 'ctx', 'tc', 'tap'])

/** `test('title', …)`, `it.each(rows)('title', …)`, `t.test('title', …)`. */
export function isTestCall(node: CallExpression): boolean {
  const [root, second] = chainOf(node.callee) ?? []
  if (root === undefined || isEachTable(node)) return false
  if (innerRoots.has(root)) return second === 'test' && node.arguments.length > 1
  return testRoots.has(root) && hasTitle(node)
}

export function isGroupCall(node: CallExpression): boolean {
  const [root] = chainOf(node.callee) ?? []
  return root !== undefined && groupRoots.has(root) && !isEachTable(node) && hasTitle(node)
}

/** `it.each(rows)`, which is called again with the title. */
function isEachTable(node: CallExpression): boolean {
  const { callee } = node
  if (callee.type !== 'MemberExpression') return false
  const name = keyName(callee.property)
  return name === 'each' || name === 'for' || name === 'skipIf' || name === 'runIf'
}

function hasTitle({ arguments: given }: CallExpression): boolean {
  return given.length > 0
}

/** Titles are compared without case and outer space: linters rewrite both. */
export function titleOf(node: CallExpression): string {
  const title = node.arguments[0]
  if (title === undefined) return ''
  return textOf(title).trim().replaceAll(/\s+/g, ' ').toLowerCase()
}

function textOf(node: Node): string {
  if (node.type === 'Literal') return String(node.value)
  if (node.type === 'TemplateLiteral')
    return node.quasis.map(({ value }) => value.cooked ?? value.raw).join('${}')
  return chainOf(node)?.join('.') ?? node.type
}
