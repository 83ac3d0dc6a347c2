import type { Fixer } from '#ports/fixer.ts'

import { awaitAsked, awaitDropped } from './await-promise.ts'
import { blockScoped } from './block-scoped.ts'
import { ruleEdits } from './rule-edits.ts'

/** Rewrites what a linter only fixes on request or not at all: where the scopes prove the meaning, else for a human to see. */
export const lintRewrites: Fixer = ruleEdits({
  strategy: 'lint/rewrite',
  says: (rules) => `Rewrote what ${rules} asks for`,
  table: {
    'no-var': blockScoped,
    'no-inner-declarations': blockScoped,
    'block-scoped-var': blockScoped,
    'no-floating-promises': awaitDropped,
    'no-misused-promises': awaitAsked,
  },
})
