import type { ParamPattern } from 'oxc-parser'

import { covers } from './deletion-range.ts'
import type { RuleEdit } from './rule-edits.ts'
import type { Syntax } from './syntax.ts'

/** Words by which linters say that a leading underscore marks a parameter as left out on purpose. */
const underscoreAllowed = /must match \/\^_|start with (?:a|an) ['"`]?_|underscore/

/** Puts an underscore before an unused parameter where the linter itself asks for that; its callers do not see it. */
export function renameUnused(syntax: Syntax, offset: number, message: string): RuleEdit | null {
  if (!underscoreAllowed.test(message)) return null
  const name = syntax.parameters.map(nameOf).find((each) => each !== null && covers(each, offset))
  if (!name || syntax.occurrences(name.name) > 1 || syntax.occurrences(`_${name.name}`) > 0)
    return null
  return { edit: { range: [name.start, name.start], text: '_' }, risk: 'safe' }
}

function nameOf(parameter: ParamPattern) {
  if (parameter.type === 'Identifier') return parameter
  const left = parameter.type === 'AssignmentPattern' ? parameter.left : null
  return left?.type === 'Identifier' ? left : null
}
