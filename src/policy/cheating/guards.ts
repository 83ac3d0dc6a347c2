import type { Node } from 'oxc-parser'

import { childrenOf } from '../syntax.ts'
import type { Place } from '../syntax.ts'

/** How many things between `from` (or the file) and a place can keep it from being reached. */
export function guardsOf({ node, around }: Place, from: Node | null): number {
  const path = [...around.slice(from === null ? 0 : around.indexOf(from)), node]
  return path.reduce((sum, outer, index) => {
    const inner = path[index + 1]
    return inner === undefined ? sum : sum + guard(outer, inner, path[index - 1])
  }, 0)
}

function guard(outer: Node, inner: Node, beyond: Node | undefined): number {
  if (conditional.has(outer.type)) return 1
  if (isFunction(outer)) return beyond !== undefined && calls(beyond, outer) ? 0 : 1
  if (outer.type === 'BlockStatement' || outer.type === 'Program')
    return leavingBefore(outer.body, inner)
  return 0
}

/** Statements before this one that may leave the block. */
function leavingBefore(body: readonly Node[], inner: Node): number {
  return body.slice(0, body.indexOf(inner)).filter(leaves).length
}

function leaves(node: Node): boolean {
  if (leaving.has(node.type)) return true
  if (node.type === 'IfStatement' || node.type === 'BlockStatement')
    return childrenOf(node).some(leaves)
  return false
}

function isFunction(node: Node): boolean {
  return (
    node.type === 'ArrowFunctionExpression' ||
    node.type === 'FunctionExpression' ||
    node.type === 'FunctionDeclaration'
  )
}

/** A function handed to a call is taken to be called. */
function calls(outer: Node, inner: Node): boolean {
  return (
    (outer.type === 'CallExpression' || outer.type === 'NewExpression') &&
    (outer.callee === inner || outer.arguments.some((argument) => argument === inner))
  )
}

const conditional = new Set<Node['type']>([
  'IfStatement',
  'ConditionalExpression',
  'LogicalExpression',
  'SwitchCase',
  'CatchClause',
  'TryStatement',
  'ForStatement',
  'ForInStatement',
  'ForOfStatement',
  'WhileStatement',
  'DoWhileStatement',
])
const leaving = new Set<Node['type']>([
  'ReturnStatement',
  'ThrowStatement',
  'BreakStatement',
  'ContinueStatement',
])
