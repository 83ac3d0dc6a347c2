import type { Node } from 'oxc-parser'

import type { Refusal } from '#domain/refusal.ts'

import type { Syntax } from '../syntax.ts'
import { lineAt, placesIn } from '../syntax.ts'
import { isConstant } from './constants.ts'
import { holderOf } from './names.ts'

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
  const now = new Map(after.flatMap(bodiesIn).map((body) => [body.name, body]))
  const lost = total(before) - total(after)
  return before.flatMap(bodiesIn).flatMap((old) => {
    const body = now.get(old.name)
    return body === undefined ? [] : refused(old, body, lost)
  })
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
    const { node } = place
    const body = bodyOf(node)
    const name = holderOf(place)
    if (body === null || name === '') return []
    const line = lineAt(text, node.start)
    return [{ name, file: path, line, statements: statementsIn(body), isHollow: isHollow(body) }]
  })
}

function bodyOf(node: Node): Node | null {
  if (node.type === 'ArrowFunctionExpression') return node.body
  return node.type === 'FunctionDeclaration' || node.type === 'FunctionExpression'
    ? node.body
    : null
}

function isHollow(body: Node): boolean {
  if (body.type !== 'BlockStatement') return isConstant(body)
  const [only, second] = body.body
  if (only === undefined) return true
  if (second !== undefined || only.type !== 'ReturnStatement') return false
  return only.argument === null || isConstant(only.argument)
}

export function statementsIn(node: Node): number {
  return placesIn(node).filter(({ node: { type } }) => /Statement$|Declaration$/.test(type)).length
}
