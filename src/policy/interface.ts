import type { Node } from 'oxc-parser'

import type { ChangedFile } from '#domain/change.ts'

import { isTest } from './paths.ts'
import { shapeOf } from './shape.ts'
import type { Syntax } from './syntax.ts'
import { childrenOf, lineAt, syntaxOf } from './syntax.ts'

/** Lines (of the old text, or the new one where it still is) of exported things that are gone or are called otherwise. */
export function brokenInterfaces({ path, before, after }: ChangedFile): readonly number[] {
  if (isTest(path) || before === null) return []
  const old = syntaxOf(path, before)
  const now = after === null ? null : syntaxOf(path, after)
  if (old === null) return []
  const promised = now === null ? [] : promisesOf(now)
  return promisesOf(old).flatMap(({ name, signature, line }) => {
    // Overloads share a name: each has to find itself among them.
    const namesakes = promised.filter((promise) => promise.name === name)
    const [same] = namesakes
    if (same === undefined) return [line]
    // Types that were written down for the first time promise nothing else.
    const kept = namesakes.some((one) => one.signature === signature || one.inferred === signature)
    return kept ? [] : [same.line]
  })
}

interface Promised {
  readonly name: string
  readonly signature: string
  /** The signature as it would be without the types that are written down. */
  readonly inferred: string
  readonly line: number
}

/** What a file promises to others: each export with how it is called. */
function promisesOf({ text, program }: Syntax): readonly Promised[] {
  return program.body.flatMap((node) => {
    const line = lineAt(text, node.start)
    return exportsOf(node).map(({ name, as }) => ({
      name,
      signature: as === null ? '' : signatureOf(as, true),
      inferred: as === null ? '' : signatureOf(as, false),
      line,
    }))
  })
}

/** The names a statement exports, each with the declaration that says how it is used, when it is here. */
function exportsOf(node: Node): readonly { readonly name: string; readonly as: Node | null }[] {
  if (node.type === 'ExportDefaultDeclaration') return [{ name: 'default', as: node.declaration }]
  if (node.type === 'ExportAllDeclaration') return [{ name: `* ${node.source.value}`, as: null }]
  if (node.type !== 'ExportNamedDeclaration') return []
  const named = node.specifiers.map(({ exported }) => ({ name: textOf(exported), as: null }))
  return [...named, ...(node.declaration === null ? [] : declarationsIn(node.declaration))]
}

function declarationsIn(node: Node): readonly { readonly name: string; readonly as: Node }[] {
  const parts = node.type === 'VariableDeclaration' ? node.declarations : [node]
  return parts.map((part) => ({ name: 'id' in part && part.id ? textOf(part.id) : '', as: part }))
}

function textOf(node: Node): string {
  if (node.type === 'Identifier') return node.name
  return node.type === 'Literal' ? String(node.value) : shapeOf(node)
}

/** The syntax of a declaration without what it does: parameters, types, members. */
function signatureOf(node: Node, withTypes: boolean): string {
  if (node.type === 'Identifier')
    return `${node.optional ? '?' : ''}${withTypes && node.typeAnnotation ? shapeOf(node.typeAnnotation) : 'any'}`
  if (whole.has(node.type)) return shapeOf(node)
  const hidden = hiddenIn(node, withTypes)
  const parts = childrenOf(node)
    .filter((child) => !hidden.includes(child))
    .map((child) => signatureOf(child, withTypes))
  const key = 'key' in node ? shapeOf(node.key) : ''
  return `${node.type}${'async' in node && node.async ? ' async' : ''} ${key}(${parts.join()})`
}

/** Bodies, values and, when types are not asked for, return types. */
function hiddenIn(node: Node, withTypes: boolean): readonly unknown[] {
  const returns = withTypes || !('returnType' in node) ? [] : [node.returnType]
  if (node.type === 'ClassBody') return node.body.filter(isPrivate)
  if (node.type === 'ClassDeclaration') return []
  if (node.type === 'PropertyDefinition') return [node.value]
  if (node.type === 'Property') return [node.value]
  return 'body' in node ? [node.body, ...returns] : returns
}

function isPrivate(node: Node): boolean {
  const key = 'key' in node ? node.key : null
  const hidden = 'accessibility' in node && node.accessibility === 'private'
  return hidden || key?.type === 'PrivateIdentifier' || node.type === 'StaticBlock'
}

const whole = new Set<Node['type']>([
  'TSTypeAnnotation',
  'TSTypeParameterDeclaration',
  'TSInterfaceDeclaration',
  'TSTypeAliasDeclaration',
  'TSEnumDeclaration',
])
