import type { Node } from 'oxc-parser'

import type { Refusal } from '#domain/refusal.ts'

import type { Place, Syntax } from '../syntax.ts'
import { childrenOf, lineAt } from '../syntax.ts'
import { isConstant } from './constants.ts'
import { holderOf, nameOf } from './names.ts'

interface Body {
  readonly name: string
  readonly file: string
  readonly line: number
  readonly statements: number
  /** Returns something written down, or nothing at all. */
  readonly isHollow: boolean
}

/** So many statements may go from one function before somebody should look (our choice; no honest fixer of ours removes five). */
const MOST_LOST = 5

/** Functions that still have their name but not their work any more. */
export function hollowedFunctions(
  before: readonly Syntax[],
  after: readonly Syntax[],
): readonly Refusal[] {
  const now = byName(after)
  const lost = total(before) - total(after)
  return [...byName(before)].flatMap(([name, olds]) => {
    const bodies = now.get(name) ?? []
    return olds.flatMap((old, index) => {
      const body = bodies[index]
      return body === undefined ? [] : refused(old, body, lost)
    })
  })
}

/** Overloads and namesakes are told apart by their order. */
function byName(scripts: readonly Syntax[]): ReadonlyMap<string, readonly Body[]> {
  const bodies = scripts.flatMap(bodiesIn)
  return new Map(bodies.map(({ name }) => [name, bodies.filter((body) => body.name === name)]))
}

function total(scripts: readonly Syntax[]): number {
  return scripts.reduce((sum, { program }) => sum + statementsIn(program), 0)
}

function refused(old: Body, now: Body, lost: number): readonly Refusal[] {
  const { file, line, name } = now
  if (now.isHollow && !old.isHollow)
    return [
      {
        rule: 'stub-added',
        file,
        line,
        what: `It replaces the work of \`${name}\` by a constant.`,
      },
    ]
  const gutted =
    lost >= MOST_LOST &&
    old.statements - now.statements >= MOST_LOST &&
    now.statements * 2 < old.statements
  return gutted
    ? [{ rule: 'code-deleted', file, line, what: `It deletes most of \`${name}\`.` }]
    : []
}

function bodiesIn({ path, text, places }: Syntax): readonly Body[] {
  return places.flatMap((place) => {
    const body = bodyOf(place)
    if (body === null) return []
    const line = lineAt(text, place.node.start)
    const name = holderOf(place)
    return [{ name, file: path, line, statements: statementsIn(body), isHollow: isHollow(body) }]
  })
}

/** The body of a function with a name of its own; what is handed to a call belongs to its caller. */
function bodyOf({ node, around }: Place): Node | null {
  if (node.type === 'FunctionDeclaration') return node.body
  const parent = around.at(-1)
  if (parent === undefined || nameOf(parent) === null || parent.type === 'CallExpression')
    return null
  const isFunction = node.type === 'ArrowFunctionExpression' || node.type === 'FunctionExpression'
  return isFunction ? node.body : null
}

function isHollow(body: Node): boolean {
  if (body.type !== 'BlockStatement') return isConstant(body)
  const [only, second] = body.body
  if (only === undefined) return true
  if (second !== undefined || only.type !== 'ReturnStatement') return false
  return only.argument === null || isConstant(only.argument)
}

export function statementsIn(node: Node): number {
  const known = statements.get(node)
  if (known !== undefined) return known
  const inside = childrenOf(node).reduce((sum, child) => sum + statementsIn(child), 0)
  const count = inside + (/(?:Statement|Declaration)$/.test(node.type) ? 1 : 0)
  statements.set(node, count)
  return count
}

const statements = new WeakMap<Node, number>()
