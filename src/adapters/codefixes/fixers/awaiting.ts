import ts from 'typescript6'

import type { CodeFixer, Proposal, Scene, TextEdit, Tier } from '../proposal.ts'
import { descendants, enclosing, isAsync, isFunctionWithBody } from '../syntax.ts'
import { isUnheardCallback } from './unheard-callback.ts'

/**
 * Awaits a promise where its value is wanted, where TypeScript offers nothing: in what a variable, a property, an
 * argument or a return is given. The outermost promise first. A function that is not async yet becomes so under review.
 */
export const awaiting: CodeFixer = function* (scene) {
  for (const expression of promisesAt(scene)) {
    const tier = waitFor(scene, expression)
    if (tier.length > 0) yield tier
  }
}

function promisesAt({ problem, checker, node }: Scene): readonly ts.Expression[] {
  const end = problem.start + problem.length
  let whole: ts.Node = node
  while (whole.end < end) whole = whole.parent
  const named = [valueOf(whole.parent, whole), destructured(whole), compared(whole)]
  const given = [...named, ...madeAt(checker, whole)]
  const inside = [...given.filter((one) => one !== null), whole].flatMap(descendants)
  return [...new Set(inside)].filter(isAwaitable).filter((one) => isPromise(checker, one))
}

/** What is given to the name that a problem points at. */
function valueOf(parent: ts.Node, node: ts.Node): ts.Node | null {
  if (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent))
    return parent.name === node ? (parent.initializer ?? null) : null
  if (ts.isBinaryExpression(parent) && parent.left === node) return parent.right
  return ts.isReturnStatement(node) ? (node.expression ?? null) : null
}

/** What a pattern takes apart. */
function destructured(node: ts.Node): ts.Node | null {
  const declaration = enclosing(node, ts.isVariableDeclaration)
  const isPattern = declaration !== null && !ts.isIdentifier(declaration.name)
  return isPattern ? (declaration.initializer ?? null) : null
}

/** What a `case` is compared with. */
function compared(node: ts.Node): ts.Node | null {
  const clause = enclosing(node, ts.isCaseClause)
  return clause?.expression === node ? clause.parent.parent.expression : null
}

/** What the constants that a problem or its owner names were given, in the same function. */
function madeAt(checker: ts.TypeChecker, node: ts.Node): readonly ts.Node[] {
  const owner = ts.isPropertyAccessExpression(node.parent) ? node.parent.expression : node
  const home = enclosing(node, isFunctionWithBody)
  return descendants(owner)
    .filter(ts.isIdentifier)
    .flatMap((name) => checker.getSymbolAtLocation(name)?.valueDeclaration ?? [])
    .filter(ts.isVariableDeclaration)
    .filter((one) => (one.parent.flags & ts.NodeFlags.Const) !== 0)
    .filter((one) => enclosing(one, isFunctionWithBody) === home)
    .flatMap(({ initializer }) => initializer ?? [])
}

function isAwaitable(
  node: ts.Node,
): node is ts.CallExpression | ts.Identifier | ts.PropertyAccessExpression {
  const kind =
    ts.isCallExpression(node) || ts.isIdentifier(node) || ts.isPropertyAccessExpression(node)
  return kind && !ts.isAwaitExpression(node.parent) && !isOnlyName(node)
}

function isOnlyName(node: ts.Node): boolean {
  const { parent } = node
  const named =
    ts.isPropertyAccessExpression(parent) ||
    ts.isVariableDeclaration(parent) ||
    ts.isPropertyAssignment(parent)
  return named && parent.name === node
}

function isPromise(checker: ts.TypeChecker, node: ts.Node): boolean {
  const type = checker.getTypeAtLocation(node)
  const parts = type.isUnion() ? type.types : [type]
  return parts.some((part) => checker.getPropertyOfType(part, 'then') !== undefined)
}

function waitFor({ file, name }: Scene, expression: ts.Expression): Tier {
  const owner = enclosing(expression.parent, isFunctionWithBody)
  const asynchronous = owner === null ? [] : asyncEdit(file, owner)
  if (asynchronous === null) return []
  if (asynchronous.length > 0 && isUnheardCallback(expression)) return []
  const text = expression.getText(file)
  const risk: Proposal['risk'] = asynchronous.length > 0 ? 'review' : 'safe'
  return [
    {
      strategy: 'types/await',
      description: `Awaited \`${shortened(text)}\` in ${name}`,
      rootCause: `${name} used the promise of \`${shortened(text)}\` as if it were its value`,
      risk,
      edits: [...asynchronous, ...awaitEdits(file, expression)],
    },
  ]
}

function shortened(text: string): string {
  const [line = ''] = text.split('\n')
  return line.length > 60 || line !== text ? `${line.slice(0, 60)}…` : line
}

function awaitEdits(file: ts.SourceFile, expression: ts.Expression): readonly TextEdit[] {
  const { parent } = expression
  const bound =
    (ts.isPropertyAccessExpression(parent) ||
      ts.isElementAccessExpression(parent) ||
      ts.isCallExpression(parent)) &&
    parent.expression === expression
  const at = { file: file.fileName, length: 0 }
  return [
    { ...at, start: expression.getStart(file), text: bound ? '(await ' : 'await ' },
    ...(bound ? [{ ...at, start: expression.end, text: ')' }] : []),
  ]
}

/** Nothing to do where it is async; null where it cannot become so without saying another return type. */
function asyncEdit(
  file: ts.SourceFile,
  owner: ts.FunctionLikeDeclaration,
): readonly TextEdit[] | null {
  if (isAsync(owner)) return []
  const says = owner.type === undefined || owner.type.getText(file).startsWith('Promise<')
  if (!says || ts.isAccessor(owner) || ts.isConstructorDeclaration(owner)) return null
  const keyword = owner.getChildren(file).find(({ kind }) => kind === ts.SyntaxKind.FunctionKeyword)
  const start = (keyword ?? (ts.isMethodDeclaration(owner) ? owner.name : owner)).getStart(file)
  return [{ file: file.fileName, start, length: 0, text: 'async ' }]
}
