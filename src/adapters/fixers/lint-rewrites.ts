import type { Fixer } from '#ports/fixer.ts'

import { awaitAsked, awaitDropped } from './await-promise.ts'
import { blockScoped } from './block-scoped.ts'
import { type Complained, type RuleEdit, ruleEdits } from './rule-edits.ts'

/** Rewrites what a linter only fixes on request or not at all: where the scopes prove the meaning, else for a human to see. */
export const lintRewrites: Fixer = ruleEdits({
  strategy: 'lint/rewrite',
  says: (rules) => `Rewrote what ${rules} asks for`,
  table: {
    'no-var': blockScoped,
    'no-inner-declarations': blockScoped,
    'block-scoped-var': blockScoped,
    'no-mixed-spaces-and-tabs': indentedByTabs,
    'no-floating-promises': awaitDropped,
    'no-misused-promises': awaitAsked,
  },
})

/** Takes the blanks out of an indentation by tabs. The rule never points into a text of several lines. */
function indentedByTabs({ syntax: { text }, offset }: Complained): RuleEdit | null {
  const start = text.lastIndexOf('\n', offset - 1) + 1
  const mixed = /^[\t ]*/.exec(text.slice(start))?.[0] ?? ''
  const tabs = mixed.replaceAll(' ', '')
  if (tabs === '' || tabs === mixed) return null
  return { edit: { range: [start, start + mixed.length], text: tabs }, risk: 'safe' }
}
