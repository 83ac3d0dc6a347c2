import { type Finding, testRunners } from '#domain/finding.ts'
import type { CandidateVerdict, DiscardReason } from '#domain/verdict.ts'

import { compare, difference } from './compare.ts'

/** `targets` are the findings to make go away; `before` and `after` are all findings around the candidate. */
export interface Trial {
  readonly targets: readonly Finding[]
  readonly before: readonly Finding[]
  /** null: the check could not be run on the candidate. */
  readonly after: readonly Finding[] | null
  /** Whether the candidate changes any file at all. */
  readonly changes: boolean
  /** Findings that were red before anybody failed: they are nobody's, whether they were seen so far or come to light. */
  readonly known?: readonly Finding[]
}

/** A candidate stays only if the targets strictly drop and nothing new appears (fixers.md B1). */
export function judgeCandidate({ known = [], ...trial }: Trial): CandidateVerdict {
  const { targets, before, after, changes } = trial
  if (targets.length === 0) return discard('no-targets', [])
  if (!changes) return discard('no-change', targets)
  if (after === null) return discard('not-run', targets)
  const { newlyBroken } = compare({ base: null, before, after })
  const loaded = difference(before, after).filter(isUnloaded)
  const broken = difference(newlyBroken, difference(known, before)).filter(
    (finding) => !isUncovered(finding, loaded),
  )
  if (broken.length > 0) return discard('something-new', broken)
  const others = difference(before, targets)
  const { fixed } = compare({ base: others, before, after })
  return fixed.length > 0 ? { kind: 'keep', fixed } : discard('nothing-dropped', targets)
}

/** A test file that failed as a whole: none of its tests ran. */
function isUnloaded({ tool, file, subject }: Finding): boolean {
  return testRunners.has(tool) && file !== null && subject === null
}

/** A test that could not run before fails now that its file loads: it was red all along, and comes next. */
function isUncovered({ tool, file, subject }: Finding, loaded: readonly Finding[]): boolean {
  return subject !== null && loaded.some((one) => one.tool === tool && one.file === file)
}

function discard(because: DiscardReason, findings: readonly Finding[]): CandidateVerdict {
  return { kind: 'discard', because, findings }
}
