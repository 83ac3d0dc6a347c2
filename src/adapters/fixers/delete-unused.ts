import type { BindingPattern, ImportDeclaration, VariableDeclaration } from 'oxc-parser'

import { covers, withoutMember, withoutStatement } from './deletion-range.ts'
import { isPure } from './purity.ts'
import type { RuleEdit } from './rule-edits.ts'
import type { Syntax } from './syntax.ts'

/** Deletes what a linter calls unused at a place: an import, a variable without effects, a function, a catch binding. */
export function deleteUnused(syntax: Syntax, offset: number): RuleEdit | null {
  for (const statement of syntax.statements) {
    if (!covers(statement, offset)) continue
    if (statement.type === 'ImportDeclaration') return unusedImport(syntax, statement, offset)
    if (statement.type === 'VariableDeclaration') {
      const found = unusedVariable(syntax, statement, offset)
      if (found) return found
    }
    if (statement.type === 'FunctionDeclaration' && statement.id && covers(statement.id, offset))
      return unusedFunction(syntax, statement)
  }
  return unusedCatch(syntax, offset)
}

function unusedImport(
  { text, occurrences }: Syntax,
  statement: ImportDeclaration,
  offset: number,
): RuleEdit | null {
  const { specifiers } = statement
  const at = specifiers.findIndex((each) => covers(each, offset))
  const specifier = specifiers[at]
  if (!specifier || occurrences(specifier.local.name) > ownMentions(specifier)) return null
  if (specifiers.length === 1) return { edit: withoutStatement(text, statement), risk: 'safe' }
  const named = specifiers.filter(({ type }) => type === 'ImportSpecifier')
  // `import a, { b }`: taking one of two kinds leaves braces or a comma to clean up, and is rare.
  if (named.length !== specifiers.length) return null
  return { edit: withoutMember(specifiers, at), risk: 'safe' }
}

/** `import { a as a }` says its name twice; `import { a }` once, at one place. */
function ownMentions(specifier: ImportDeclaration['specifiers'][number]): number {
  if (specifier.type !== 'ImportSpecifier') return 1
  const { imported, local } = specifier
  const same = imported.type === 'Identifier' && imported.name === local.name
  return same && imported.start !== local.start ? 2 : 1
}

function unusedVariable(
  syntax: Syntax,
  statement: VariableDeclaration,
  offset: number,
): RuleEdit | null {
  const { declarations } = statement
  const at = declarations.findIndex(({ id }) => covers(id, offset))
  const declarator = declarations[at]
  if (!declarator || statement.declare) return null
  const { id, init } = declarator
  if (id.type === 'ObjectPattern' && id.properties.length > 1)
    return unusedProperty(syntax, id, offset)
  const name = onlyName(id)
  if (name === null || syntax.occurrences(name) > 1) return null
  if (!isPure(init)) return keptCall(statement)
  const whole = declarations.length === 1
  const edit = whole ? withoutStatement(syntax.text, statement) : withoutMember(declarations, at)
  return { edit, risk: 'safe' }
}

/** `const x = start()` becomes `start()`: what the initialiser does still has to happen. */
function keptCall({ start, declarations }: VariableDeclaration): RuleEdit | null {
  const [declarator, ...others] = declarations
  const init = declarator?.init
  const keeps = init?.type === 'CallExpression' || init?.type === 'AwaitExpression'
  if (!init || !keeps || others.length > 0 || declarator.id.type !== 'Identifier') return null
  return { edit: { range: [start, init.start], text: '' }, risk: 'review' }
}

/** The one name a pattern binds; null for anything harder. */
function onlyName(id: BindingPattern): string | null {
  if (id.type === 'Identifier') return id.name
  const property = id.type === 'ObjectPattern' ? id.properties[0] : undefined
  if (property?.type !== 'Property' || !property.shorthand) return null
  return property.value.type === 'Identifier' ? property.value.name : null
}

function unusedProperty(
  { occurrences }: Syntax,
  { properties }: Extract<BindingPattern, { type: 'ObjectPattern' }>,
  offset: number,
): RuleEdit | null {
  const at = properties.findIndex((each) => covers(each, offset))
  const property = properties[at]
  // A rest element collects what is not named, so that leaving a name out changes it.
  if (properties.some(({ type }) => type === 'RestElement') || property?.type !== 'Property')
    return null
  const { value, shorthand } = property
  if (!shorthand || value.type !== 'Identifier' || occurrences(value.name) > 1) return null
  return { edit: withoutMember(properties, at), risk: 'safe' }
}

function unusedFunction(
  { text, comments, occurrences }: Syntax,
  statement: { readonly start: number; readonly end: number; readonly id: { name: string } | null },
): RuleEdit | null {
  if (!statement.id || occurrences(statement.id.name) > 1) return null
  const { end } = statement
  const documented = comments.findLast(
    (each) => each.start > 0 && /^[ \t]*\n?[ \t]*$/.test(text.slice(each.end, statement.start)),
  )
  const start = documented && documented.end <= statement.start ? documented.start : statement.start
  return { edit: withoutStatement(text, { start, end }), risk: 'review' }
}

function unusedCatch({ text, catches, occurrences }: Syntax, offset: number): RuleEdit | null {
  const clause = catches.find(({ param }) => param !== null && covers(param, offset))
  if (clause?.param?.type !== 'Identifier' || occurrences(clause.param.name) > 1) return null
  const open = text.lastIndexOf('(', clause.param.start)
  const close = text.indexOf(')', clause.param.end)
  if (open < clause.start || close === -1 || close > clause.body.start) return null
  return { edit: { range: [clause.start + 'catch'.length, close + 1], text: '' }, risk: 'safe' }
}
