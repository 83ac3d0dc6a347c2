import type { Node } from 'oxc-parser'

import { shapeOf } from '../shape.ts'
import type { Syntax } from '../syntax.ts'
import { placesIn } from '../syntax.ts'
import type { Assertion } from './assertions.ts'
import { chainOf } from './names.ts'
import type { Sign } from './trace.ts'

/** An assertion that holds whatever the code does, or about anything at all; null when it can fail. */
export function emptyClaim({ subject, expected, matcher }: Assertion): Sign | null {
  const [about] = subject
  if (about === undefined) return null
  if (expected.some(isAnything))
    return sign('assertion-weakened', `anything ${matcher}`, 'It accepts anything as a value.')
  const isSame = expected[0] !== undefined && shapeOf(about) === shapeOf(expected[0])
  return isSame || isConstant(about)
    ? sign('assertion-constant', matcher, 'It claims something that is always true.')
    : null
}

/** Whether a value is written down in full. */
export function isConstant(node: Node): boolean {
  const places = placesIn(node)
  return places.every(
    ({ node: part, around }) => constant.has(part.type) || isKey(part, around.at(-1)),
  )
}

function isKey(node: Node, parent: Node | undefined): boolean {
  return node.type === 'Identifier' && (node.name === 'undefined' || parent?.type === 'Property')
}

const constant = new Set<Node['type']>([
  'Literal',
  'TemplateLiteral',
  'TemplateElement',
  'UnaryExpression',
  'BinaryExpression',
  'ArrayExpression',
  'ObjectExpression',
  'Property',
  'TSAsExpression',
])

function isAnything(node: Node): boolean {
  return placesIn(node).some(
    ({ node: part }) =>
      part.type === 'CallExpression' &&
      /^expect\.(?:anything|any)$/.test(chainOf(part.callee)?.join('.') ?? ''),
  )
}

function sign(rule: Sign['rule'], key: string, what: string): Sign {
  return { rule, key, what }
}

/** All tokens that name something in a script. */
export function identifiersIn({ places }: Syntax): readonly string[] {
  return places.flatMap(({ node }) => (node.type === 'Identifier' ? node.name : []))
}
