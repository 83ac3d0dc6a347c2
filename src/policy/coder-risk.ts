import type { Change } from '#domain/change.ts'
import { type Finding, testRunners } from '#domain/finding.ts'

import { changedLines } from './lines.ts'

/** Small enough to be read at a glance; our own choice, stricter than any other rung. */
const small = { files: 2, lines: 30 }

/**
 * Whether a human has to look at what a model wrote: two in five green patches of models were not what a human would
 * call right (Passerine, autofix.md 5), so only a small change that failing tests asked for goes without.
 */
export function coderRisk(change: Change, findings: readonly Finding[]): 'safe' | 'review' {
  const lines = change.flatMap(({ before, after }) => changedLines(before, after)).length
  const isSmall = change.length <= small.files && lines <= small.lines
  // Tests say what the code should do; a compiler or a linter is content with less.
  const isTested = findings.length > 0 && findings.every(({ tool }) => testRunners.has(tool))
  return isSmall && isTested ? 'safe' : 'review'
}
