import type { Node } from 'oxc-parser'

import { isDeclaration } from '../paths.ts'
import type { Detector } from './trace.ts'

/** Where a type says nothing any more: `any`, a cast that forgets, `Function`, something declared that nobody wrote. */
export const typeHole: Detector = ({ node }, { path }) => {
  const hole = holeAt(node, isDeclaration(path))
  return hole === null
    ? null
    : { rule: 'type-hole-added', key: hole, what: `It adds ${hole}, which hides a type.` }
}

/** `x!` and `let x!: T` claim what nobody checks. */
export const nonNull: Detector = ({ node }) => {
  const definite =
    (node.type === 'VariableDeclarator' || node.type === 'PropertyDefinition') &&
    node.definite === true
  if (node.type !== 'TSNonNullExpression' && !definite) return null
  return {
    rule: 'non-null-added',
    key: definite ? 'definite' : 'non-null',
    what: 'It claims with `!` that a value is there instead of making sure.',
  }
}

function holeAt(node: Node, inDeclarations: boolean): string | null {
  if (node.type === 'TSAnyKeyword') return '`any`'
  if (node.type === 'TSTypeReference') return vagueName(node.typeName)
  if (node.type === 'TSAsExpression' || node.type === 'TSTypeAssertion')
    return castHole(node.typeAnnotation)
  return declarationHole(node, inDeclarations)
}

function declarationHole(node: Node, inDeclarations: boolean): string | null {
  if (node.type === 'TSModuleDeclaration' && node.id.type === 'Literal')
    return hasBody(node) ? null : '`declare module`'
  if (inDeclarations || !declaring.has(node.type)) return null
  return 'declare' in node && node.declare ? '`declare`' : null
}

const declaring: ReadonlySet<string> = new Set([
  'VariableDeclaration',
  'FunctionDeclaration',
  'TSDeclareFunction',
  'ClassDeclaration',
])

function vagueName(node: Node): string | null {
  if (node.type !== 'Identifier') return null
  return node.name === 'Function' || node.name === 'Object' ? `\`${node.name}\`` : null
}

function castHole(type: Node): string | null {
  const forgotten = forgetful[type.type]
  if (forgotten !== undefined) return `\`as ${forgotten}\``
  return type.type === 'TSTypeLiteral' && type.members.length === 0 ? '`as {}`' : null
}

function hasBody(node: Node): boolean {
  return 'body' in node && node.body !== null && node.body !== undefined
}

const forgetful: Partial<Record<Node['type'], string>> = {
  TSUnknownKeyword: 'unknown',
  TSNeverKeyword: 'never',
  TSObjectKeyword: 'object',
}
