import type { Node } from 'oxc-parser'

import type { ChangedFile } from '#domain/change.ts'

import { meaningOf, placesIn, syntaxOf } from './syntax.ts'

/** What is written in place of a part of a script that is not looked at. */
interface Cut {
  readonly from: number
  readonly to: number
  readonly text: string
}
type Cutter = (node: Node, text: string) => Cut | null

/** Whether two texts of a script differ in nothing but what they write to a log, and none of that was taken out. */
export function onlyLogs(file: ChangedFile): boolean {
  return isAlikeWithout(file, [withoutLog])
}

/** Whether they differ in nothing but what is done where something fails, and none of that was taken out. */
export function onlyErrorHandling(file: ChangedFile): boolean {
  return isAlikeWithout(file, [withoutLog, withoutTry, withoutCatch, withoutGuard, withoutReason])
}

function isAlikeWithout({ path, before, after }: ChangedFile, cutters: readonly Cutter[]): boolean {
  if (before === null || after === null) return false
  const [old, now] = [cut(path, before, cutters), cut(path, after, cutters)]
  if (old === null || now === null || now.cuts < old.cuts) return false
  const meaning = meaningOf(path, old.text)
  return meaning !== null && meaning === meaningOf(path, now.text)
}

/** A part inside of another one is cut in the next round; nobody nests deeper than that. */
const mostRounds = 20

function cut(
  path: string,
  whole: string,
  cutters: readonly Cutter[],
): { readonly text: string; readonly cuts: number } | null {
  let [text, cuts] = [whole, 0]
  for (let round = 0; round < mostRounds; round++) {
    const syntax = syntaxOf(path, text)
    if (syntax === null) return null
    const found = outermost(
      syntax.places.flatMap(({ node }) => cutters.flatMap((cutter) => cutter(node, text) ?? [])),
    )
    if (found.length === 0) return { text, cuts }
    for (const one of found.toReversed())
      text = `${text.slice(0, one.from)}${one.text}${text.slice(one.to)}`
    cuts += found.length
  }
  return null
}

function outermost(all: readonly Cut[]): readonly Cut[] {
  const sorted = all.toSorted((one, other) => one.from - other.from || other.to - one.to)
  const kept: Cut[] = []
  for (const one of sorted) if (one.from >= (kept.at(-1)?.to ?? 0)) kept.push(one)
  return kept
}

/** `console.warn('…')`, `log.info(order.id)`: what it is told is only read. */
const withoutLog: Cutter = (node) => {
  if (node.type !== 'ExpressionStatement' || node.expression.type !== 'CallExpression') return null
  const { callee, arguments: given } = node.expression
  if (callee.type !== 'MemberExpression' || callee.object.type !== 'Identifier') return null
  const isLog = /^(?:console|log|logger)$/.test(callee.object.name) && given.every(onlyReads)
  return isLog ? { from: node.start, to: node.end, text: ';' } : null
}

/** What is tried stays. */
const withoutTry: Cutter = (node, text) => {
  if (node.type !== 'TryStatement') return null
  const inside = text.slice(node.block.start + 1, node.block.end - 1)
  return { from: node.start, to: node.end, text: `${inside}\n` }
}

/** `promise.catch(…)` is `promise`. */
const withoutCatch: Cutter = (node, text) => {
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return null
  const { object, property, computed } = node.callee
  if (computed || property.type !== 'Identifier' || property.name !== 'catch') return null
  return { from: node.start, to: node.end, text: text.slice(object.start, object.end) }
}

/** `if (…) throw …`, where asking changes nothing. */
const withoutGuard: Cutter = (node) => {
  if (node.type !== 'IfStatement' || node.alternate !== null || !onlyReads(node.test)) return null
  const { consequent } = node
  const [first, ...more] = consequent.type === 'BlockStatement' ? consequent.body : [consequent]
  if (first?.type !== 'ThrowStatement' || more.length > 0) return null
  return { from: node.start, to: node.end, text: ';' }
}

/** What is thrown, `throw 0` in short: that something is, stays. */
const withoutReason: Cutter = (node) => {
  if (node.type !== 'ThrowStatement' || node.argument.type === 'Literal') return null
  return { from: node.argument.start, to: node.argument.end, text: '0' }
}

function onlyReads(node: Node): boolean {
  return placesIn(node).every((place) => !acts.has(place.node.type))
}

const acts: ReadonlySet<Node['type']> = new Set<Node['type']>([
  'CallExpression',
  'NewExpression',
  'AssignmentExpression',
  'UpdateExpression',
  'AwaitExpression',
  'YieldExpression',
  'ImportExpression',
  'TaggedTemplateExpression',
])
