import type { Finding } from '#domain/finding.ts'
import type { Lesson } from '#domain/lesson.ts'
import { skippedNote } from '#messages/fix-notes.ts'
import { kindsOf, standingOf } from '#policy/lessons.ts'
import type { Candidate } from '#ports/fixer.ts'

import type { Climb } from './standing.ts'

type Experienced = Pick<Climb, 'known' | 'note' | 'failure'>

/**
 * The candidates worth a run, what worked before first. Where each stands on the one before it their order is theirs, and
 * none can be left out.
 */
export function inOrder(task: Experienced, candidates: readonly Candidate[]): readonly Candidate[] {
  const isStack = candidates.some(({ stacked }) => stacked === true)
  if (task.known.length === 0 || isStack) return candidates
  return candidates
    .filter((candidate) => !isSkipped(task, candidate))
    .map((candidate) => ({ candidate, lower: standing(task, candidate).lower }))
    .toSorted((a, b) => b.lower - a.lower)
    .map(({ candidate }) => candidate)
}

type Aimed = Pick<Candidate, 'strategy' | 'patch'>

/** Whether a strategy failed so often for this kind of failure that it is not tried again; that is told. */
export function isSkipped(task: Experienced, candidate: Aimed): boolean {
  const { isHopeless, kept, tried } = standing(task, candidate)
  if (isHopeless) task.note(skippedNote(candidate.strategy, kept, tried))
  return isHopeless
}

function standing({ known, failure }: Experienced, { strategy, patch }: Aimed) {
  return standingOf(known, strategy, kindsOf(aimedAt(failure.targets, patch)))
}

/** What is learned of a candidate, for each kind of failure that it was meant for. */
export function lessonsOf(
  { failure }: Pick<Climb, 'failure'>,
  { strategy, patch }: Aimed,
  isKept: boolean,
): readonly Lesson[] {
  return kindsOf(aimedAt(failure.targets, patch)).map((kind) => ({ kind, strategy, isKept }))
}

/** A candidate does not say what it is for: the findings in the files it touches, or all where there is none. */
function aimedAt(targets: readonly Finding[], patch: Aimed['patch']): readonly Finding[] {
  const paths = new Set(patch.map(({ path }) => path))
  const own = targets.filter(({ file }) => file !== null && paths.has(file))
  return own.length > 0 ? own : targets
}
