import type { CallExpression, Node } from 'oxc-parser'

import { blurred, shapeOf } from '../shape.ts'
import type { Place, Syntax } from '../syntax.ts'
import { lineAt } from '../syntax.ts'
import { guardsOf } from './guards.ts'
import { chainOf, isTestCall } from './names.ts'

/** One assertion, taken apart: `expect(subject).resolves.not.toBe(expected)`. */
export interface Assertion {
  readonly file: string
  readonly line: number
  /** Everything of it, without names and layout. */
  readonly shape: string
  readonly matcher: string
  readonly negated: boolean
  /** "resolves", "rejects" or "". */
  readonly settled: string
  /** Whether somebody waits for what it says about a promise. */
  readonly awaited: boolean
  readonly subject: readonly Node[]
  readonly expected: readonly Node[]
  /** How many conditions stand between the start of the test and this line. */
  readonly guards: number
  /** The calls of the tests it stands in, outermost first. */
  readonly tests: readonly CallExpression[]
}

export function assertionsIn(syntax: Syntax): readonly Assertion[] {
  const roots = rootsOf(syntax)
  return syntax.places.flatMap((place) => {
    const { node, around } = place
    const parent = around.at(-1)
    if (node.type !== 'Identifier' || !roots.has(node.name) || parent === undefined) return []
    const top = chainTop(place)
    return top === null ? [] : [assertionAt(top, node.name, syntax)]
  })
}

/** Climbs from `expect` to the whole chain; null when the name is only mentioned. */
function chainTop({ node, around }: Place): Place | null {
  let inner: Node = node
  let depth = around.length
  for (let outer = around[depth - 1]; outer && continues(outer, inner); outer = around[depth - 1]) {
    inner = outer
    depth -= 1
  }
  return inner === node ? null : { node: inner, around: around.slice(0, depth) }
}

function continues(outer: Node, inner: Node): boolean {
  if (outer.type === 'MemberExpression') return outer.object === inner
  if (outer.type === 'CallExpression') return outer.callee === inner
  return outer.type === 'ChainExpression'
}

function assertionAt({ node, around }: Place, root: string, syntax: Syntax): Assertion {
  const names = (chainOf(node) ?? []).slice(1)
  const parent = around.at(-1)
  const tests = around.filter((outer) => outer.type === 'CallExpression').filter(isTestCall)
  return {
    file: syntax.path,
    line: lineAt(syntax.text, node.start),
    shape: shapeOf(node, blurred) + names.join('.'),
    matcher: canonical(root, names),
    negated: names.filter((name) => name === 'not').length % 2 === 1,
    settled: names.find((name) => name === 'resolves' || name === 'rejects') ?? '',
    awaited: parent !== undefined && waits.has(parent.type),
    ...claimOf(callsIn(node)),
    guards: guardsOf({ node, around }, tests.at(-1) ?? null),
    tests,
  }
}

/** `expect(subject).toBe(expected)` has two calls, `assert.equal(subject, expected)` one. */
function claimOf(calls: readonly CallExpression[]): Pick<Assertion, 'subject' | 'expected'> {
  const last = calls[0]?.arguments ?? []
  const first = calls.at(-1)?.arguments ?? []
  return calls.length > 1
    ? { subject: first, expected: last }
    : { subject: last.slice(0, 1), expected: last.slice(1) }
}

/** The calls of a chain, outermost first. */
function callsIn(node: Node): readonly CallExpression[] {
  if (node.type === 'CallExpression') return [node, ...callsIn(node.callee)]
  if (node.type === 'MemberExpression') return callsIn(node.object)
  return node.type === 'ChainExpression' ? callsIn(node.expression) : []
}

function canonical(root: string, names: readonly string[]): string {
  const said = names.filter((name) => !filler.has(name)).map((name) => aliases[name] ?? name)
  return said.join('.') || root
}

/** `expect` and its family; bare functions only where the file imports an assertion module. */
function rootsOf({ program }: Syntax): ReadonlySet<string> {
  const imported = program.body
    .filter((node) => node.type === 'ImportDeclaration')
    .filter(({ source }) => /^(?:node:)?assert(?:\/strict)?$|^chai$/.test(source.value))
    .flatMap(({ specifiers }) => specifiers.map(({ local }) => local.name))
  return new Set([...always, ...imported])
}

const always = ['expect', 'assert', 'expectTypeOf', 'assertType', 'should']
const waits = new Set([
  'AwaitExpression',
  'ReturnStatement',
  'ArrowFunctionExpression',
  'YieldExpression',
])
const filler = new Set([
  'not',
  'resolves',
  'rejects',
  'soft',
  'strict',
  'to',
  'be',
  'been',
  'is',
  'that',
  'which',
  'and',
  'has',
  'have',
  'with',
  'at',
  'of',
  'same',
  'but',
  'does',
  'still',
  'also',
  'a',
  'an',
])
const aliases: Readonly<Record<string, string>> = {
  toBeCalled: 'toHaveBeenCalled',
  toBeCalledTimes: 'toHaveBeenCalledTimes',
  toBeCalledWith: 'toHaveBeenCalledWith',
  lastCalledWith: 'toHaveBeenLastCalledWith',
  nthCalledWith: 'toHaveBeenNthCalledWith',
  toReturn: 'toHaveReturned',
  toReturnWith: 'toHaveReturnedWith',
  toThrowError: 'toThrow',
}
