import ts from 'typescript6'

import * as codes from '../codes.ts'
import type { Scene } from '../proposal.ts'
import { descendants, enclosing } from '../syntax.ts'

export interface Fitting {
  readonly kind: 'name' | 'member' | 'export' | 'literal'
  readonly node: ts.Identifier | ts.PrivateIdentifier | ts.StringLiteralLike
  readonly wrong: string
  readonly names: readonly string[]
}

/** The string literals a problem complains about, each with the literals that could stand in its place. */
export function literalsThatFit(scene: Scene): readonly Fitting[] {
  const { problem, node } = scene
  const end = problem.start + problem.length
  let whole: ts.Node = node
  while (whole.end < end) whole = whole.parent
  const { parent } = whole
  // `kind: 'membre'` is reported at `kind`.
  const owns =
    ts.isPropertyAssignment(parent) || ts.isVariableDeclaration(parent) || ts.isJsxAttribute(parent)
  return descendants(owns && parent.name === whole ? parent : whole)
    .filter(ts.isStringLiteralLike)
    .flatMap((literal) => fit('literal', literal, literalsFor(scene, literal)) ?? [])
}

/** The key that fits none of a call's overloads; the compiler complains about the whole call. */
export function keyThatFits(scene: Scene): Fitting | null {
  const { problem, node } = scene
  const wrong = /'([\w$]+)' does not exist in type/.exec(problem.message)?.[1]
  const call = enclosing(node, isCall)
  if (wrong === undefined || call === null) return null
  const keys = descendants(call)
    .filter(ts.isIdentifier)
    .filter((one) => one.text === wrong && ts.isObjectLiteralElementLike(one.parent))
  const [only, other] = keys
  if (only === undefined || other !== undefined) return null
  return fit('member', only, membersFor(scene, only))
}

/** The name a problem complains about, and all names that could stand in its place. */
export function namesThatFit(scene: Scene): Fitting | null {
  const { node, problem } = scene
  if (!ts.isIdentifier(node) && !ts.isPrivateIdentifier(node)) return null
  if (codes.missingExport.has(problem.code)) return exported(scene, node)
  if (codes.unknownMember.has(problem.code)) return fit('member', node, membersFor(scene, node))
  if (codes.unknownName.has(problem.code)) return fit('name', node, inScope(scene, node))
  return null
}

function fit(
  kind: Fitting['kind'],
  node: Fitting['node'],
  names: readonly string[],
): Fitting | null {
  return names.length === 0 ? null : { kind, node, wrong: node.text, names }
}

function exported({ checker }: Scene, node: ts.Identifier | ts.PrivateIdentifier): Fitting | null {
  const declaration =
    enclosing(node, ts.isImportDeclaration) ?? enclosing(node, ts.isExportDeclaration)
  const element = enclosing(node, ts.isImportSpecifier) ?? enclosing(node, ts.isExportSpecifier)
  const specifier = declaration?.moduleSpecifier
  const module = specifier && checker.getSymbolAtLocation(specifier)
  if (!module) return qualified(checker, node)
  // A default import may be called anything: its name says nothing about what was meant.
  if (!element) return null
  const name = element.propertyName ?? element.name
  if (!ts.isIdentifier(name)) return null
  return fit(
    'export',
    name,
    checker.getExportsOfModule(module).map((symbol) => symbol.name),
  )
}

function qualified(checker: ts.TypeChecker, node: ts.Node): Fitting | null {
  const { parent } = node
  if (!ts.isIdentifier(node) || !ts.isQualifiedName(parent)) return null
  const space = checker.getSymbolAtLocation(parent.left)
  return space
    ? fit(
        'member',
        node,
        checker.getExportsOfModule(space).map(({ name }) => name),
      )
    : null
}

function inScope(
  { checker }: Scene,
  node: ts.Identifier | ts.PrivateIdentifier,
): readonly string[] {
  // Types and values alike: what does not belong there does not hold.
  return checker.getSymbolsInScope(node, ts.SymbolFlags.All).map(({ name }) => name)
}

function membersFor(
  { checker }: Scene,
  node: ts.Identifier | ts.PrivateIdentifier,
): readonly string[] {
  const { parent } = node
  const type = ownerOf(checker, parent)
  if (type === null) return []
  const apparent = checker.getNonNullableType(type)
  const parts = apparent.isUnion() ? apparent.types : [apparent]
  return parts.flatMap((part) =>
    checker.getPropertiesOfType(checker.getApparentType(part)).map(writtenName),
  )
}

/** A private member's name carries its class's number in front. */
function writtenName({ name }: ts.Symbol): string {
  return name.replace(/^__#\d+@/, '')
}

function ownerOf(checker: ts.TypeChecker, parent: ts.Node): ts.Type | null {
  if (ts.isPropertyAccessExpression(parent)) return checker.getTypeAtLocation(parent.expression)
  if (ts.isQualifiedName(parent)) return checker.getTypeAtLocation(parent.left)
  if (ts.isBindingElement(parent)) return checker.getTypeAtLocation(parent.parent)
  if (ts.isClassLike(parent.parent)) return baseOf(checker, parent.parent)
  return inLiteral(parent) ? (checker.getContextualType(parent.parent) ?? null) : null
}

function inLiteral(node: ts.Node): node is ts.Node & { readonly parent: ts.Expression } {
  return (
    (ts.isJsxAttribute(node) || ts.isObjectLiteralElementLike(node)) && ts.isExpression(node.parent)
  )
}

/** What a class inherits: an `override` that overrides nothing is misspelt. */
function baseOf(checker: ts.TypeChecker, owner: ts.ClassLikeDeclaration): ts.Type | null {
  const base = owner.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)
  return base?.types[0] ? checker.getTypeAtLocation(base.types[0]) : null
}

function literalsFor({ checker }: Scene, node: ts.StringLiteralLike): readonly string[] {
  const type = wantedType(checker, node)
  if (type === null) return []
  const parts = type.isUnion() ? type.types : [type]
  const literals = parts.flatMap((part) => (part.isStringLiteral() ? [part.value] : []))
  const owner = ts.isElementAccessExpression(node.parent) ? keysOf(checker, node.parent) : []
  return [...literals, ...owner]
}

function keysOf(checker: ts.TypeChecker, access: ts.ElementAccessExpression): readonly string[] {
  return checker
    .getPropertiesOfType(checker.getTypeAtLocation(access.expression))
    .map(({ name }) => name)
}

function wantedType(checker: ts.TypeChecker, node: ts.StringLiteralLike): ts.Type | null {
  const { parent } = node
  if (ts.isCaseClause(parent)) return checker.getTypeAtLocation(parent.parent.parent.expression)
  if (ts.isBinaryExpression(parent))
    return checker.getTypeAtLocation(parent.left === node ? parent.right : parent.left)
  if (ts.isLiteralTypeNode(parent)) return indexed(checker, parent)
  return checker.getContextualType(node) ?? checker.getTypeAtLocation(parent)
}

/** `Pick<User, 'nmae'>` and `User['nmae']` name keys of a type. */
function indexed(checker: ts.TypeChecker, literal: ts.LiteralTypeNode): ts.Type | null {
  const access = enclosing(literal, ts.isIndexedAccessTypeNode)
  if (!access) return null
  return checker.getTypeAtLocation(
    ts.factory.createTypeOperatorNode(ts.SyntaxKind.KeyOfKeyword, access.objectType),
  )
}

function isCall(node: ts.Node): node is ts.CallExpression | ts.NewExpression {
  return ts.isCallExpression(node) || ts.isNewExpression(node)
}
