import type { Fixer } from '#ports/fixer.ts'

import { dependencies } from './dependencies.ts'
import { format } from './format.ts'
import { lintAutofixes } from './lint-autofix.ts'
import { lintDeletions } from './lint-deletions.ts'
import { lintEslint, lintStyle } from './lint-eslint.ts'
import { lintRewrites } from './lint-rewrites.ts'
import { lintSuggestions } from './lint-suggestions.ts'
import { lockfile } from './lockfile.ts'
import { snapshot } from './snapshot.ts'

/** The fixers that let the repository's own tools do the work, in the order in which they are tried within a rung. */
export const toolFixers: readonly Fixer[] = [
  format,
  lintStyle,
  lintEslint,
  lintSuggestions,
  lintDeletions,
  lintRewrites,
  ...lintAutofixes,
  lockfile,
  dependencies,
  snapshot,
]
