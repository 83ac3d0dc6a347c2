import ts from 'typescript6'

import type { Proposal, Scene, TextEdit } from '../proposal.ts'
import { isCommonJs } from './insert-import.ts'

/** Exports what a module declares but keeps to itself: all overloads, the way the module exports its other names. */
export function exporting(scene: Scene, name: string, module: ts.SourceFile): readonly Proposal[] {
  if (name === 'default') return []
  const edits = isCommonJs(module) ? inCommonJs(module, name) : byModifier(module, name)
  if (edits.length === 0) return []
  const where = scene.projects.name(module.fileName)
  return [
    {
      strategy: 'types/export',
      description: `Exported \`${name}\` from ${where}`,
      rootCause: `${where} declared \`${name}\`, which ${scene.name} imports, without exporting it`,
      risk: 'review',
      edits,
    },
  ]
}

function byModifier(module: ts.SourceFile, name: string): readonly TextEdit[] {
  const declared = module.statements.filter((statement) => declares(statement, name))
  if (declared.length === 0) return []
  const list = module.statements.find(
    (one) => ts.isExportDeclaration(one) && !one.moduleSpecifier && !one.isTypeOnly,
  )
  if (list && ts.isExportDeclaration(list)) return appended(module, list, name)
  return declared
    .filter((statement) => !isExported(statement))
    .map((statement) => ({
      file: module.fileName,
      start: statement.getStart(module),
      length: 0,
      text: 'export ',
    }))
}

function declares(statement: ts.Statement, name: string): boolean {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.some(
      (one) => ts.isIdentifier(one.name) && one.name.text === name,
    )
  return isNamedStatement(statement) && statement.name?.text === name
}

function isNamedStatement(
  node: ts.Node,
): node is
  | ts.FunctionDeclaration
  | ts.ClassDeclaration
  | ts.InterfaceDeclaration
  | ts.TypeAliasDeclaration
  | ts.EnumDeclaration {
  return (
    ts.isFunctionDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isEnumDeclaration(node)
  )
}

function isExported(statement: ts.Statement): boolean {
  return (
    ts.canHaveModifiers(statement) &&
    (ts.getModifiers(statement) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
  )
}

function appended(
  module: ts.SourceFile,
  list: ts.ExportDeclaration,
  name: string,
): readonly TextEdit[] {
  if (!list.exportClause || !ts.isNamedExports(list.exportClause)) return []
  const last = list.exportClause.elements.at(-1)
  if (last === undefined) return []
  const gap = /\n[ \t]*$/.exec(module.text.slice(0, last.getStart(module)))?.[0] ?? ' '
  return [{ file: module.fileName, start: last.end, length: 0, text: `,${gap}${name}` }]
}

/** `module.exports = { a }` gets another name, `exports.a = a` another line. */
function inCommonJs(module: ts.SourceFile, name: string): readonly TextEdit[] {
  if (!module.statements.some((statement) => declares(statement, name))) return []
  const assignments = module.statements.filter(isAssignment)
  const whole = assignments.find(({ expression: { left } }) => isNamed(left, 'module.exports'))
  if (whole) return listedIn(module, whole.expression.right, name)
  const last = assignments.findLast(({ expression: { left } }) => exportedAs(left) !== null)
  if (last === undefined) return []
  const holder = /^(?:module\.)?exports/.exec(last.getText(module))?.[0] ?? 'exports'
  const end = last.getText(module).endsWith(';') ? ';' : ''
  const text = `\n${holder}.${name} = ${name}${end}`
  return [{ file: module.fileName, start: last.end, length: 0, text }]
}

type Assignment = ts.ExpressionStatement & { readonly expression: ts.BinaryExpression }

function isAssignment(node: ts.Node): node is Assignment {
  return (
    ts.isExpressionStatement(node) &&
    ts.isBinaryExpression(node.expression) &&
    node.expression.operatorToken.kind === ts.SyntaxKind.EqualsToken
  )
}

function isNamed(node: ts.Node, text: string): boolean {
  return node.getText() === text
}

function exportedAs(left: ts.Expression): string | null {
  return /^(?:module\.)?exports\.([\w$]+)$/.exec(left.getText())?.[1] ?? null
}

function listedIn(module: ts.SourceFile, right: ts.Expression, name: string): readonly TextEdit[] {
  if (!ts.isObjectLiteralExpression(right)) return []
  const last = right.properties.at(-1)
  const at = { file: module.fileName, length: 0 }
  if (last === undefined) return [{ ...at, start: right.getStart(module) + 1, text: ` ${name} ` }]
  const gap = /\n[ \t]*$/.exec(module.text.slice(0, last.getStart(module)))?.[0] ?? ' '
  return [{ ...at, start: last.end, text: `,${gap}${name}` }]
}
