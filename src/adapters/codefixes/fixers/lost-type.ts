import ts from 'typescript6'

import type { CodeFixer, Proposal, Scene } from '../proposal.ts'
import { enclosing, isFunctionWithBody, type FunctionWithBody } from '../syntax.ts'

/**
 * A parameter whose type nothing tells any more, in a function that another one returns without saying what: of the types
 * that the file knows, the only one that tells it. A human looks, for the compiler asks only what fits.
 */
export const lostType: CodeFixer = function* (scene) {
  const given = enclosing(scene.node, isFunctionWithBody)
  const owner = given && returnerOf(given)
  if (!owner || owner.type !== undefined) return
  const end = closingOf(scene.file, owner)
  if (end === null) return
  yield typesIn(scene.file).map((type) => annotating(scene, type, end))
}

function annotating({ file, name }: Scene, type: string, end: number): Proposal {
  return {
    strategy: 'types/annotation',
    description: `Declared that a function returns \`${type}\` in ${name}`,
    rootCause: `${name} left open what a function returns, and so what its parameters are`,
    risk: 'review',
    edits: [{ file: file.fileName, start: end, length: 0, text: `: ${type}` }],
  }
}

/** The function that returns another one, alone or in an object. */
function returnerOf(given: FunctionWithBody): FunctionWithBody | null {
  let at: ts.Node = given
  while (wraps(at.parent)) at = at.parent
  const { parent } = at
  if (ts.isArrowFunction(parent) && parent.body === at) return parent
  return ts.isReturnStatement(parent) ? enclosing(parent, isFunctionWithBody) : null
}

function wraps(node: ts.Node): boolean {
  return (
    ts.isPropertyAssignment(node) ||
    ts.isObjectLiteralExpression(node) ||
    ts.isParenthesizedExpression(node)
  )
}

/** Behind the parenthesis that closes the parameters. */
function closingOf(file: ts.SourceFile, { parameters, body }: FunctionWithBody): number | null {
  const at = file.text.indexOf(')', parameters.end)
  return at < 0 || at >= body.getStart(file) ? null : at + 1
}

/** Types without parameters that the file declares or imports. */
function typesIn(file: ts.SourceFile): readonly string[] {
  return file.statements.flatMap((statement) => {
    if (ts.isTypeAliasDeclaration(statement) || ts.isInterfaceDeclaration(statement))
      return statement.typeParameters ? [] : [statement.name.text]
    if (!ts.isImportDeclaration(statement)) return []
    const bindings = statement.importClause?.namedBindings
    return bindings && ts.isNamedImports(bindings)
      ? bindings.elements.map(({ name }) => name.text)
      : []
  })
}
