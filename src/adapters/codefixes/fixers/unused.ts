import ts from 'typescript6'

import { unusedCodes } from '../codes.ts'
import type { CodeFixer, Proposal, Scene } from '../proposal.ts'
import { isPure } from '../purity.ts'
import { enclosing } from '../syntax.ts'
import { actionsAt } from './typescript-actions.ts'
import { isTopLevel, isWanted, wasExported } from './unexported.ts'

/**
 * Removes what nobody uses, where its evaluation does nothing else; a parameter is only renamed. Not beside another
 * problem: it may be what took the use away. A human looks at what was more than a variable or an import.
 */
export const unused: CodeFixer = function* (scene) {
  const { project, file, node, name } = scene
  const problems = project.service.getSemanticDiagnostics(file.fileName)
  if (problems.some(({ code }) => !unusedCodes.has(code))) return
  // What another file asks for, or the module offered before, lacks its export: it does not go.
  const text = node.getText(file)
  if (isWanted(scene, text) || wasExported(scene, text) || mayBeOffered(scene)) return
  const kept = isParameter(node)
  if (!kept && !mayGo(node)) return
  const actions = actionsAt(scene).filter(
    ({ fixName, description }) =>
      fixName === 'unusedIdentifier' && description.startsWith('Prefix') === kept,
  )
  for (const { edits } of actions)
    yield [
      {
        strategy: 'types/unused',
        description: kept
          ? `Marked the parameter \`${text}\` as unused in ${name}`
          : `Removed the unused ${kindOf(node)} in ${name}`,
        rootCause: `${name} declared something that nothing uses`,
        risk: riskOf(scene),
        edits,
      },
    ]
}

/** Whole functions and the like of a module: where nobody knows what it offered, nobody knows that they are left over. */
function mayBeOffered({ projects, file, node }: Scene): boolean {
  if (!ts.isIdentifier(node) || !isTopLevel(node)) return false
  return !ts.isVariableDeclaration(node.parent) && projects.was(file.fileName) === null
}

function kindOf(node: ts.Node): string {
  return enclosing(node, ts.isImportDeclaration) ? 'import' : `declaration \`${node.getText()}\``
}

function isParameter(node: ts.Node): boolean {
  const owner = enclosing(node, isDeclarationOfName)
  return owner !== null && ts.isParameter(owner)
}

function isDeclarationOfName(
  node: ts.Node,
): node is
  | ts.ParameterDeclaration
  | ts.VariableDeclaration
  | ts.PropertyDeclaration
  | ts.Statement {
  return (
    ts.isParameter(node) ||
    ts.isVariableDeclaration(node) ||
    ts.isPropertyDeclaration(node) ||
    ts.isStatement(node)
  )
}

function mayGo(node: ts.Node): boolean {
  const owner = enclosing(node, isDeclarationOfName)
  if (owner === null) return false
  if (ts.isVariableDeclaration(owner)) return mayGoVariable(owner)
  if (ts.isPropertyDeclaration(owner)) return !owner.initializer || isPure(owner.initializer)
  // A loop's variable and the like belong to a statement that does more than declare.
  return !ts.isClassDeclaration(owner) || !hasEffects(owner)
}

function mayGoVariable({ name, initializer }: ts.VariableDeclaration): boolean {
  const rest =
    ts.isObjectBindingPattern(name) && name.elements.some(({ dotDotDotToken }) => dotDotDotToken)
  return !rest && (initializer === undefined || isPure(initializer))
}

function hasEffects(owner: ts.ClassDeclaration): boolean {
  return owner.members.some(
    (member) =>
      ts.isClassStaticBlockDeclaration(member) ||
      (ts.isPropertyDeclaration(member) &&
        member.initializer !== undefined &&
        !isPure(member.initializer)),
  )
}

/** An import that goes takes the module's own doings along, unless types were all that was asked for. */
function riskOf({ node, checker }: Scene): Proposal['risk'] {
  const owner = enclosing(node, isDeclarationOfName)
  if (owner && !ts.isVariableDeclaration(owner) && !ts.isImportDeclaration(owner)) return 'review'
  const specifier = enclosing(node, ts.isImportDeclaration)?.moduleSpecifier
  const module =
    specifier && checker.getSymbolAtLocation(specifier)?.declarations?.find(ts.isSourceFile)
  return module?.statements.some(
    (one) => ts.isExpressionStatement(one) && ts.isCallExpression(one.expression),
  ) === true
    ? 'review'
    : 'safe'
}
