import ts from 'typescript6'

/** The innermost node that spans a position. */
export function nodeAt(file: ts.SourceFile, position: number): ts.Node {
  let found: ts.Node = file
  const visit = (node: ts.Node): void => {
    if (position < node.getStart(file) || position >= node.end) return
    found = node
    ts.forEachChild(node, visit)
  }
  ts.forEachChild(file, visit)
  return found
}

/** The nearest node at or above that passes. */
export function enclosing<Kind extends ts.Node>(
  node: ts.Node,
  is: (node: ts.Node) => node is Kind,
): Kind | null {
  for (let at: ts.Node | undefined = node; at !== undefined; at = at.parent) if (is(at)) return at
  return null
}

/** A node and everything in it. */
export function descendants(node: ts.Node): readonly ts.Node[] {
  const found: ts.Node[] = []
  const visit = (at: ts.Node): void => {
    found.push(at)
    ts.forEachChild(at, visit)
  }
  visit(node)
  return found
}

/** The string literals that name modules: import, export, require, import(), import types, and mocks of test runners. */
export function moduleSpecifiers(file: ts.SourceFile): readonly ts.StringLiteralLike[] {
  return descendants(file).filter(ts.isStringLiteralLike).filter(isSpecifier)
}

export function isSpecifier(node: ts.Node): boolean {
  const { parent } = node
  if (ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent)) return true
  if (ts.isExternalModuleReference(parent)) return true
  if (ts.isLiteralTypeNode(parent)) return ts.isImportTypeNode(parent.parent)
  if (!ts.isCallExpression(parent) || parent.arguments[0] !== node) return false
  if (parent.expression.kind === ts.SyntaxKind.ImportKeyword) return true
  return /^(?:require(?:\.resolve)?|(?:vi|jest)\.\w*[mM]ock\w*|(?:vi|jest)\.(?:import|require)\w+)$/.test(
    parent.expression.getText(),
  )
}

export type FunctionWithBody = ts.FunctionLikeDeclaration & { readonly body: ts.Node }

export function isFunctionWithBody(node: ts.Node): node is FunctionWithBody {
  return ts.isFunctionLike(node) && 'body' in node && node.body !== undefined
}

export function isAsync(node: ts.Node): boolean {
  return (
    ts.canHaveModifiers(node) &&
    (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword)
  )
}
