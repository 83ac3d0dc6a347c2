import ts from 'typescript6'

import { resolve } from '../import-graph.ts'
import { exporting } from '../imports/export-declaration.ts'
import type { CodeFixer, Scene } from '../proposal.ts'
import { enclosing } from '../syntax.ts'

/** A member that a file takes from a module it requires, and that the module declares but keeps to itself. */
export const requiredExport: CodeFixer = function* (scene) {
  const { node } = scene
  if (!ts.isIdentifier(node)) return
  const name = takenName(node)
  const specifier = name === null ? null : specifierBehind(scene, node)
  const file = specifier === null ? null : resolve(scene.project, scene.file, specifier)
  const module = file === null ? undefined : scene.project.program().getSourceFile(file)
  if (name === null || module === undefined || module === scene.file) return
  yield exporting(scene, name, module)
}

/** `{ a }` and `{ a: b }` take `a`; `shop.a` does too. */
function takenName(node: ts.Identifier): string | null {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent) && parent.name === node) return node.text
  if (!ts.isBindingElement(parent) || !ts.isObjectBindingPattern(parent.parent)) return null
  const taken = parent.propertyName ?? parent.name
  return taken === node && !parent.dotDotDotToken ? node.text : null
}

/** What is required at the place, or by the constant that is named there. */
function specifierBehind({ checker }: Scene, node: ts.Identifier): string | null {
  const owner = ts.isPropertyAccessExpression(node.parent)
    ? node.parent.expression
    : enclosing(node, ts.isVariableDeclaration)?.initializer
  const given = owner && ts.isIdentifier(owner) ? initializerOf(checker, owner) : owner
  return given ? requiredBy(given) : null
}

function initializerOf(checker: ts.TypeChecker, name: ts.Identifier): ts.Expression | undefined {
  const declared = checker.getSymbolAtLocation(name)?.declarations?.find(ts.isVariableDeclaration)
  return declared?.initializer
}

export function requiredBy(node: ts.Node): string | null {
  if (!ts.isCallExpression(node) || !isNamedRequire(node.expression)) return null
  const [specifier] = node.arguments
  return specifier && ts.isStringLiteralLike(specifier) ? specifier.text : null
}

function isNamedRequire(node: ts.Node): boolean {
  return ts.isIdentifier(node) && node.text === 'require'
}
