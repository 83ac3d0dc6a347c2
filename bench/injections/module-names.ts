import { posix } from 'node:path'

import ts from 'typescript6'

import { nodesOf, type Source } from './source.ts'

export interface ImportedName {
  readonly declaration: ts.ImportDeclaration
  readonly specifier: ts.ImportSpecifier
  readonly target: string
}

/** Every `{ name }` that a module imports from elsewhere. */
export function importedNames(source: Source): ImportedName[] {
  return source.ast.statements.flatMap((declaration) => {
    if (!ts.isImportDeclaration(declaration)) return []
    const bindings = declaration.importClause?.namedBindings
    if (!bindings || !ts.isNamedImports(bindings)) return []
    const target = textOf(declaration.moduleSpecifier)
    return bindings.elements.map((specifier) => ({ declaration, specifier, target }))
  })
}

/** The literals of `from './x'` and `require('./x')` that point into the repository. */
export function relativeTargets(source: Source): ts.StringLiteral[] {
  return nodesOf(source.ast)
    .filter((node) => ts.isStringLiteral(node))
    .filter(
      (node) =>
        node.text.startsWith('.') &&
        (ts.isImportDeclaration(node.parent) || isRequire(node.parent)),
    )
}

export function isRequire(node: ts.Node): node is ts.CallExpression {
  return (
    ts.isCallExpression(node) &&
    ts.isIdentifier(node.expression) &&
    node.expression.text === 'require'
  )
}

/** The path of the module that a relative target means, among those that exist; null when none does. */
export function resolveTarget(
  from: string,
  target: string,
  exists: (path: string) => boolean,
): string | null {
  const path = posix.join(posix.dirname(from), target)
  const bare = path.replace(/\.[cm]?js$/, '')
  const candidates = [path, `${bare}.ts`, `${bare}.js`, `${path}/index.ts`]
  return candidates.find(exists) ?? null
}

export function exportedDeclarations(
  source: Source,
): (ts.Declaration & { readonly name: ts.Identifier })[] {
  return source.ast.statements.filter(
    (
      node,
    ): node is (ts.FunctionDeclaration | ts.ClassDeclaration | ts.InterfaceDeclaration) & {
      name: ts.Identifier
    } =>
      (ts.isFunctionDeclaration(node) ||
        ts.isClassDeclaration(node) ||
        ts.isInterfaceDeclaration(node)) &&
      node.name !== undefined &&
      exportKeyword(node) !== undefined,
  )
}

export function exportKeyword(node: ts.Node): ts.Modifier | undefined {
  const modifiers = ts.canHaveModifiers(node) ? ts.getModifiers(node) : undefined
  return modifiers?.find(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
}

function textOf(node: ts.Expression): string {
  return ts.isStringLiteral(node) ? node.text : ''
}
