import { parseSync, type Program, Visitor } from 'oxc-parser'

import { nearest } from '../codefixes/names/likeness.ts'
import { builtInNames } from './by-test/known-names.ts'
import type { Complained } from './rule-edits.ts'
import { scopesOf, type Span } from './scopes.ts'

/**
 * Whether the file says a name that it does not declare and that is a slip away from the unused one: then the use is
 * misspelt, and deleting the declaration would take away what was meant.
 */
export function isMisspeltElsewhere({ syntax: { text }, offset, finding }: Complained): boolean {
  const name = /^[\p{L}_$][\p{L}\d_$]*/u.exec(text.slice(offset))?.[0]
  if (name === undefined) return false
  const file = finding.file ?? ''
  const declared = declaredIn(parseSync(file, text).program, scopesOf(file, text).uses)
  const unknown = scopesOf(file, text)
    .uses.map((use) => use.name)
    .filter((each) => !declared.has(each) && !builtInNames().has(each))
  return nearest(name, unknown).length > 0
}

/** All names that anything in the file declares, wherever they may be used. */
function declaredIn(
  program: Program,
  uses: readonly (Span & { readonly name: string })[],
): ReadonlySet<string> {
  const places: Span[] = []
  const declare = (place: Span | null): void => void (place && places.push(place))
  const enter = ({ id = null, params }: { id?: Span | null; params: readonly Span[] }): void => {
    declare(id)
    params.forEach(declare)
  }
  new Visitor({
    VariableDeclarator: ({ id }) => declare(id),
    FunctionDeclaration: enter,
    FunctionExpression: enter,
    ArrowFunctionExpression: ({ params }) => enter({ params }),
    ClassDeclaration: ({ id }) => declare(id),
    ClassExpression: ({ id }) => declare(id),
    CatchClause: ({ param }) => declare(param),
    ImportDeclaration: (node) => declare(node),
    TSTypeAliasDeclaration: ({ id }) => declare(id),
    TSInterfaceDeclaration: ({ id }) => declare(id),
    TSEnumDeclaration: ({ id }) => declare(id),
    TSTypeParameter: ({ name }) => declare(name),
  }).visit(program)
  return new Set(
    uses
      .filter((use) => places.some(({ start, end }) => start <= use.start && use.end <= end))
      .map(({ name }) => name),
  )
}
