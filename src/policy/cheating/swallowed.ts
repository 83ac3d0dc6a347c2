import type { CallExpression, Function, ArrowFunctionExpression, Node } from 'oxc-parser'

import { placesIn } from '../syntax.ts'
import { chainOf, identifier } from './names.ts'
import type { Detector, Sign } from './trace.ts'

/** An error that is caught and goes nowhere. */
export const swallowedError: Detector = ({ node }) => {
  if (node.type === 'CatchClause') return isSilent(node.param, node.body) ? sign('catch') : null
  if (node.type !== 'CallExpression') return null
  return handlersOf(node).some(isSilentHandler) ? sign('handler') : null
}

/** Whether a caught error is neither thrown on nor used for anything but a log line. */
function isSilent(parameter: Node | null, body: Node): boolean {
  const places = placesIn(body)
  if (places.some(({ node }) => node.type === 'ThrowStatement')) return false
  if (places.some(({ node }) => isPassingOn(node))) return false
  const names = parameter === null ? [] : namesIn(parameter)
  return !places.some(
    ({ node, around }) =>
      node.type === 'Identifier' && names.includes(node.name) && !around.some(isLog),
  )
}

function sign(key: string): Sign {
  return {
    rule: 'error-swallowed',
    key,
    what: 'It catches an error and goes on as if nothing had happened.',
  }
}

function handlersOf({ callee, arguments: given }: CallExpression): readonly Node[] {
  const name = callee.type === 'MemberExpression' ? identifier(callee.property) : null
  if (name === 'catch') return given.slice(0, 1)
  if (name === 'then') return given.slice(1, 2)
  const event = given[0]
  const caught =
    name === 'on' && event?.type === 'Literal' && /^un(?:caught|handled)/.test(String(event.value))
  return caught ? given.slice(1, 2) : []
}

function isSilentHandler(node: Node): boolean {
  if (node.type === 'ArrowFunctionExpression' || node.type === 'FunctionExpression')
    return isSilentFunction(node)
  const [root, ...rest] = chainOf(node) ?? []
  return root === 'noop' || rest.at(-1) === 'noop' || root === 'console'
}

function isSilentFunction(node: Function | ArrowFunctionExpression): boolean {
  return node.body !== null && isSilent(node.params[0] ?? null, node.body)
}

function namesIn(pattern: Node): readonly string[] {
  return placesIn(pattern).flatMap(({ node }) => identifier(node) ?? [])
}

/** Calls that carry a failure further without naming the error. */
function isPassingOn(node: Node): boolean {
  if (node.type !== 'CallExpression') return false
  const name = chainOf(node.callee)?.at(-1) ?? ''
  return /^(?:reject|fail|abort|exit|next|done|expect|assert)$/.test(name)
}

function isLog(node: Node): boolean {
  return node.type === 'CallExpression' && chainOf(node.callee)?.[0] === 'console'
}
