import ts from 'typescript6'

import { enclosing, isFunctionWithBody } from '../syntax.ts'

const callers = new Set(
  'filter some every find findIndex findLast findLastIndex forEach sort toSorted reduce reduceRight flatMap map'.split(
    ' ',
  ),
)
const waiters = new Set(['all', 'allSettled', 'any', 'race'])

/**
 * Whether a function is called by a list's method that takes what it returns for a value: as a promise that is always
 * true, or nobody waits for it. Such a function does not become asynchronous, except in a `map` that is waited for.
 */
export function isUnheardCallback(node: ts.Node): boolean {
  const owner = enclosing(node, isFunctionWithBody)
  const call = owner && ts.isCallExpression(owner.parent) ? owner.parent : null
  if (call === null || !ts.isPropertyAccessExpression(call.expression)) return false
  const { text } = call.expression.name
  return callers.has(text) && !(text === 'map' && isWaitedFor(call))
}

function isWaitedFor({ parent }: ts.CallExpression): boolean {
  return (
    ts.isCallExpression(parent) &&
    ts.isPropertyAccessExpression(parent.expression) &&
    parent.expression.expression.getText() === 'Promise' &&
    waiters.has(parent.expression.name.text)
  )
}
