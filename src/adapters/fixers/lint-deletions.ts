import type { Fixer } from '#ports/fixer.ts'

import { deleteEmpty } from './delete-empty.ts'
import { deleteUnused } from './delete-unused.ts'
import { covers, withoutStatement } from './deletion-range.ts'
import { isMisspeltElsewhere } from './missed-name.ts'
import { renameUnused } from './rename-unused.ts'
import { type Complained, type RuleEdit, ruleEdits } from './rule-edits.ts'
import { isWantedElsewhere } from './wanted-elsewhere.ts'

/** Deletes what a linter calls superfluous, where that changes nothing: no linter has a fix of its own for these. */
export const lintDeletions: Fixer = ruleEdits({
  strategy: 'lint/deletion',
  says: (rules) => `Deleted what ${rules} calls superfluous`,
  table: {
    'no-debugger': deleteDebugger,
    'no-empty': empty,
    'no-empty-block-statements': empty,
    'no-unused-vars': unused,
    'no-unused-variables': unused,
    'no-unused-imports': unused,
    'no-unused-function-parameters': unused,
  },
})

function deleteDebugger({ syntax: { statements, text }, offset }: Complained): RuleEdit | null {
  const found = statements.find((each) => each.type === 'DebuggerStatement' && covers(each, offset))
  return found ? { edit: withoutStatement(text, found), risk: 'safe' } : null
}

function empty({ syntax, offset }: Complained): RuleEdit | null {
  return deleteEmpty(syntax, offset)
}

/** What another file asks for is not superfluous, nor what is only misspelt where it is used. */
function unused(complained: Complained): RuleEdit | null {
  if (isWantedElsewhere(complained) || isMisspeltElsewhere(complained)) return null
  const { syntax, offset, finding } = complained
  return deleteUnused(syntax, offset) ?? renameUnused(syntax, offset, finding.message)
}
