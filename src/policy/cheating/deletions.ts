import type { Node } from 'oxc-parser'

import type { Refusal } from '#domain/refusal.ts'

import { blurred, shapeOf } from '../shape.ts'
import type { Syntax } from '../syntax.ts'
import { lineAt } from '../syntax.ts'
import { statementsIn } from './functions.ts'

/** Exported things of at least so many statements, and so many statements in all, must not simply vanish. */
const MOST_EXPORTED = 2
const MOST_IN_ALL = 25

/** Work that other code could ask for, and that is nowhere any more. */
export function deletedCode(
  before: readonly Syntax[],
  after: readonly Syntax[],
): readonly Refusal[] {
  const now = after.flatMap(declarationsIn)
  const names = new Set(now.map(({ name }) => name))
  const gone = before
    .flatMap(declarationsIn)
    .filter((old) => old.isExported && statementsIn(old.node) >= MOST_EXPORTED)
    .filter((old) => !names.has(old.name))
  const shapes = new Set(gone.length === 0 ? [] : now.map(({ node }) => shapeOf(node, blurred)))
  const lost = gone.filter(({ node }) => !shapes.has(shapeOf(node, blurred)))
  if (lost.length > 0) return lost.map(refuse)
  return statementCount(before) - statementCount(after) > MOST_IN_ALL ? [tooMuch(before)] : []
}

interface Declared {
  readonly name: string
  readonly file: string
  readonly line: number
  readonly isExported: boolean
  readonly node: Node
}

function declarationsIn({ path, text, program }: Syntax): readonly Declared[] {
  const named = new Set(program.body.flatMap(exportedNames))
  return program.body.flatMap((statement) => {
    const node = inner(statement)
    return namesOf(node).map((name) => ({
      name,
      file: path,
      line: lineAt(text, statement.start),
      isExported: node !== statement || named.has(name),
      node,
    }))
  })
}

/** `export { a, b as c }` */
function exportedNames(node: Node): readonly string[] {
  if (node.type !== 'ExportNamedDeclaration' || node.source !== null) return []
  return node.specifiers.flatMap(({ local }) => (local.type === 'Literal' ? [] : local.name))
}

function inner(node: Node): Node {
  if (node.type === 'ExportDefaultDeclaration') return node.declaration
  return node.type === 'ExportNamedDeclaration' && node.declaration !== null
    ? node.declaration
    : node
}

function namesOf(node: Node): readonly string[] {
  if (node.type === 'VariableDeclaration')
    return node.declarations.flatMap(({ id }) => (id.type === 'Identifier' ? id.name : []))
  if (!('id' in node)) return []
  return node.id?.type === 'Identifier' ? [node.id.name] : ['default']
}

function statementCount(scripts: readonly Syntax[]): number {
  return scripts
    .flatMap(({ program }) => program.body)
    .filter(({ type }) => type !== 'ImportDeclaration')
    .reduce((sum, node) => sum + statementsIn(node), 0)
}

function refuse({ name, file, line }: Declared): Refusal {
  return { rule: 'code-deleted', file, line, what: `It deletes \`${name}\`, which others may use.` }
}

function tooMuch(before: readonly Syntax[]): Refusal {
  return {
    rule: 'code-deleted',
    file: before[0]?.path ?? '',
    line: null,
    what: `It deletes more than ${MOST_IN_ALL} statements without putting anything in their place.`,
  }
}
