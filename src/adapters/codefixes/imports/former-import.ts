import ts from 'typescript6'

import type { NewImport } from './insert-import.ts'

/** How an earlier text of a file came by a name from another module: by `import` or by `require`; null where it did not. */
export function formerImport(fileName: string, text: string, name: string): NewImport | null {
  const file = ts.createSourceFile(fileName, text, ts.ScriptTarget.Latest, true)
  for (const statement of file.statements) {
    const found = ts.isImportDeclaration(statement)
      ? byImport(statement, name)
      : ts.isVariableStatement(statement)
        ? byRequire(statement, name)
        : null
    if (found !== null) return found
  }
  return null
}

function byImport(
  { importClause: clause, moduleSpecifier }: ts.ImportDeclaration,
  name: string,
): NewImport | null {
  if (clause === undefined || !ts.isStringLiteral(moduleSpecifier)) return null
  const typeOnly = clause.phaseModifier === ts.SyntaxKind.TypeKeyword
  const from = { local: name, specifier: moduleSpecifier.text }
  if (clause.name?.text === name) return { ...from, exported: 'default', typeOnly }
  const named = clause.namedBindings && namedIn(clause.namedBindings, name)
  return named ? { ...from, ...named, typeOnly: typeOnly || named.typeOnly } : null
}

function namedIn(
  bindings: ts.NamedImportBindings,
  name: string,
): Pick<NewImport, 'exported' | 'typeOnly'> | null {
  if (ts.isNamespaceImport(bindings))
    return bindings.name.text === name ? { exported: '*', typeOnly: false } : null
  const element = bindings.elements.find((one) => one.name.text === name)
  if (element === undefined) return null
  return { exported: (element.propertyName ?? element.name).text, typeOnly: element.isTypeOnly }
}

function byRequire({ declarationList }: ts.VariableStatement, name: string): NewImport | null {
  for (const { name: target, initializer } of declarationList.declarations) {
    const specifier = requiredBy(initializer)
    const exported = specifier === null ? null : boundTo(target, name)
    if (specifier !== null && exported !== null)
      return { local: name, exported, specifier, typeOnly: false }
  }
  return null
}

function requiredBy(node: ts.Expression | undefined): string | null {
  if (node === undefined || !ts.isCallExpression(node)) return null
  const [argument] = node.arguments
  const isRequire = ts.isIdentifier(node.expression) && node.expression.text === 'require'
  return isRequire && argument && ts.isStringLiteral(argument) ? argument.text : null
}

function boundTo(target: ts.BindingName, name: string): string | null {
  if (ts.isIdentifier(target)) return target.text === name ? 'export=' : null
  if (ts.isArrayBindingPattern(target)) return null
  const element = target.elements.find((one) => ts.isIdentifier(one.name) && one.name.text === name)
  if (element === undefined || element.dotDotDotToken) return null
  const { propertyName } = element
  if (propertyName === undefined) return name
  return ts.isIdentifier(propertyName) ? propertyName.text : null
}
