import { parseSync, type VariableDeclaration } from 'oxc-parser'

import type { LintFix } from '../tools/eslint-report.ts'
import { covers } from './deletion-range.ts'
import type { Complained, RuleEdit } from './rule-edits.ts'
import { type Scopes, scopesOf, type Span } from './scopes.ts'
import { withEdits } from './text-edits.ts'

/**
 * `var` becomes `const`, or `let` where it is assigned to later: only where every use lies in the block of the
 * declaration and after it, nothing else in the function has the name, and no loop would make it another variable.
 */
export function blockScoped({ syntax, offset, finding }: Complained): RuleEdit | null {
  const file = finding.file ?? ''
  const all = scopesOf(file, syntax.text)
  const declaration = all.variables.findLast((each) => each.kind === 'var' && covers(each, offset))
  if (!declaration || declaration.declare) return null
  const place = placeOf(all, declaration, { file, text: syntax.text })
  if (place === null || !staysInside(place) || changesInLoop(place)) return null
  const { start } = declaration
  const text = isConstant(place) ? 'const' : 'let'
  const edit: LintFix = { range: [start, start + 'var'.length], text }
  return parses(file, withEdits(syntax.text, [edit]).text) ? { edit, risk: 'safe' } : null
}

interface Place {
  readonly all: Scopes
  readonly declaration: VariableDeclaration
  readonly home: Span
  readonly block: Span
}

/** Null where a block of its own would not be one: in a `case`, or at the top of a script. */
function placeOf(
  all: Scopes,
  declaration: VariableDeclaration,
  { file, text }: { readonly file: string; readonly text: string },
): Place | null {
  const home = innermost(all, declaration, ['function'])
  const block = innermost(all, declaration, ['function', 'block', 'loop', 'switch'])
  if (!home || !block || block.kind === 'switch') return null
  const isTop = home.start === 0 && home.end === text.length
  return isTop && !isModule(file, text) ? null : { all, declaration, home, block }
}

/** In a script a `var` is a property of the global object that other scripts may read. */
function isModule(file: string, text: string): boolean {
  if (/\.(?:[cm][jt]s|tsx?)$/.test(file)) return true
  return /^(?:import|export)\b/m.test(text) || /\brequire\(|\bmodule\.exports\b/.test(text)
}

function innermost(
  { scopes }: Scopes,
  inside: Span,
  kinds: readonly Scopes['scopes'][number]['kind'][],
) {
  return scopes
    .filter(({ kind }) => kinds.includes(kind))
    .filter((each) => encloses(each, inside))
    .toSorted((a, b) => a.end - a.start - (b.end - b.start))[0]
}

function encloses(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end
}

/** All that is called like one of the declared names in the function. */
function mentions({ all, declaration, home }: Place) {
  const names = new Set(declaredIn(all, declaration).map(({ name }) => name))
  return all.uses.filter((use) => names.has(use.name) && encloses(home, use))
}

/** The names that the patterns bind; a default value inside a pattern may mention others, which only refuses more. */
function declaredIn({ uses }: Scopes, { declarations }: VariableDeclaration) {
  return uses.filter((use) => declarations.some(({ id }) => encloses(id, use)))
}

function staysInside(place: Place): boolean {
  const { all, declaration, block } = place
  const own = new Set(declaredIn(all, declaration).map(({ start }) => start))
  const others = mentions(place).filter(({ start }) => !own.has(start))
  const elsewhere = all.variables.filter((each) => each !== declaration)
  return (
    others.every((use) => encloses(block, use) && isAfter(place, use)) &&
    // The same name declared again, be it in a function of its own: nobody is asked which one is meant.
    !others.some((use) => elsewhere.some(({ declarations }) => binds(declarations, use))) &&
    new Set(declaredIn(all, declaration).map(({ name }) => name)).size === own.size
  )
}

function binds(declarations: VariableDeclaration['declarations'], use: Span): boolean {
  return declarations.some(({ id }) => encloses(id, use))
}

/** After its own declarator; or in a function within it, which runs later. */
function isAfter({ all, declaration }: Place, use: Span): boolean {
  const { declarations } = declaration
  if (use.start < declaration.start) return false
  return declarations.every((each) => {
    if (use.start >= each.end || !encloses(each, use)) return true
    return all.scopes.some(
      (scope) => scope.kind === 'function' && encloses(each, scope) && encloses(scope, use),
    )
  })
}

/** A `var` is one variable for all rounds of a loop; a closure or a missing value would tell the difference. */
function changesInLoop(place: Place): boolean {
  const { all, declaration, home } = place
  const loops = all.scopes.filter(
    (each) => each.kind === 'loop' && encloses(each, declaration) && encloses(home, each),
  )
  if (loops.length === 0) return false
  const closures = all.scopes.filter(
    (each) => each.kind === 'function' && loops.some((loop) => encloses(loop, each)),
  )
  const captured = mentions(place).some((use) =>
    closures.some((each) => encloses(each, use) && !encloses(each, declaration)),
  )
  return captured || !hasValue(place)
}

function hasValue({ all: { given }, declaration }: Place): boolean {
  return (
    declaration.declarations.every(({ init }) => init !== null) ||
    given.some((each) => encloses(each, declaration))
  )
}

function isConstant(place: Place): boolean {
  const assigned = mentions(place).some((use) =>
    place.all.targets.some((target) => encloses(target, use)),
  )
  return !assigned && hasValue(place)
}

/** `if (a) let b` and a name declared twice are no programs: the parser knows them all. */
function parses(file: string, text: string): boolean {
  return parseSync(file, text, { showSemanticErrors: true }).errors.length === 0
}
