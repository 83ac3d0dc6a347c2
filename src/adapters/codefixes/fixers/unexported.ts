import ts from 'typescript6'

import { ownFiles, resolve } from '../import-graph.ts'
import { exporting } from '../imports/export-declaration.ts'
import type { CodeFixer, Scene } from '../proposal.ts'
import { descendants } from '../syntax.ts'
import { requiredBy } from './required-export.ts'

/** What nobody seems to use because its module does not export it, while another file asks for it, or the module did before. */
export const unexported: CodeFixer = function* (scene) {
  const { node, file } = scene
  if (!ts.isIdentifier(node) || !isTopLevel(node)) return
  if (isWanted(scene, node.text) || wasExported(scene, node.text))
    yield exporting(scene, node.text, file)
}

/** Whether a file that loads this one asks it for the name. */
export function isWanted({ project, file }: Scene, name: string): boolean {
  return ownFiles(project.program()).some(
    (other) =>
      other !== file &&
      other.text.includes(name) &&
      asksOf(other, name).some((specifier) => resolve(project, other, specifier) === file.fileName),
  )
}

export function isTopLevel({ parent }: ts.Node): boolean {
  const statement = ts.isVariableDeclaration(parent) ? parent.parent.parent : parent
  return ts.isStatement(statement) && ts.isSourceFile(statement.parent)
}

/** Whether the last good commit exported it, for whoever uses the module from elsewhere. */
export function wasExported({ projects, file }: Scene, name: string): boolean {
  const text = projects.was(file.fileName)
  if (text === null) return false
  const then = ts.createSourceFile(file.fileName, text, ts.ScriptTarget.Latest)
  return then.statements.some((statement) => exportsName(statement, name))
}

function exportsName(statement: ts.Statement, name: string): boolean {
  if (ts.isExportDeclaration(statement)) {
    const { exportClause } = statement
    if (exportClause === undefined || !ts.isNamedExports(exportClause)) return false
    return exportClause.elements.some((each) => (each.propertyName ?? each.name).text === name)
  }
  if (!ts.canHaveModifiers(statement)) return false
  const isExported = ts
    .getModifiers(statement)
    ?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
  return isExported === true && namesIn(statement).includes(name)
}

function namesIn(statement: ts.Statement): readonly string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap((each) =>
      ts.isIdentifier(each.name) ? [each.name.text] : [],
    )
  const named =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isEnumDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement)
  return named && statement.name !== undefined ? [statement.name.text] : []
}

/** The modules that a file takes the name from. */
function asksOf(file: ts.SourceFile, name: string): readonly string[] {
  return descendants(file).flatMap((node) => {
    const specifier = sourceOf(node)
    return specifier !== null && takes(node, name) ? [specifier] : []
  })
}

function sourceOf(node: ts.Node): string | null {
  if (ts.isVariableDeclaration(node)) return node.initializer ? requiredBy(node.initializer) : null
  if (!ts.isImportDeclaration(node)) return null
  return ts.isStringLiteral(node.moduleSpecifier) ? node.moduleSpecifier.text : null
}

function takes(node: ts.Node, name: string): boolean {
  return descendants(node).some((each) => {
    if (ts.isImportSpecifier(each) || ts.isBindingElement(each))
      return (each.propertyName ?? each.name).getText() === name
    return false
  })
}
