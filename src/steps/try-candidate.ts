import type { Evidence } from '#domain/evidence.ts'
import { combine, type Patch } from '#domain/patch.ts'
import type { CandidateVerdict } from '#domain/verdict.ts'
import { discardMessage } from '#messages/discard.ts'
import { discardedNote } from '#messages/fix-notes.ts'
import { judgeCandidate } from '#policy/candidate.ts'
import { findingsOf, redBefore } from '#policy/compare.ts'
import type { Candidate } from '#ports/fixer.ts'

import { lessonsOf } from './by-experience.ts'
import { cheatsOf, type Climb, type Standing, targetsOf, trialOf } from './standing.ts'

/** Judges one candidate alone on top of what was kept before it. */
export async function tryOne(task: Climb, standing: Standing, candidate: Candidate): Promise<void> {
  const [cheat] = cheatsOf(task, standing, candidate)
  if (cheat !== undefined) return discard(task, standing, { candidate, why: cheat.what })
  const { patch, evidence, verdict } = await measure(task, standing, [candidate])
  if (verdict.kind === 'keep') {
    standing.patch = patch
    standing.evidence = evidence
    return keep(task, standing, candidate)
  }
  discard(task, standing, { candidate, why: discardMessage(verdict.because, verdict.findings) })
}

/** Runs the failing check on the edits, laid over what was kept so far and formatted as the repository formats. */
export async function measure(
  task: Climb,
  standing: Standing,
  candidates: readonly Candidate[],
): Promise<{ patch: Patch; evidence: Evidence; verdict: CandidateVerdict }> {
  const { workspace, failure } = task
  const { check } = failure
  const edits = candidates.reduce<Patch>((all, one) => combine(all, one.patch), [])
  const tidied = candidates.every(({ tidied }) => tidied === true)
  const patch = combine(standing.patch, tidied ? edits : await tidyOf(task, standing, edits))
  task.ahead(patch)
  const evidence = await task.observer.observe(workspace, check, patch)
  const verdict = judgeCandidate({
    targets: targetsOf(task, standing),
    before: findingsOf(check.name, standing.evidence),
    after: evidence.end.kind === 'stopped' ? null : findingsOf(check.name, evidence),
    changes: edits.length > 0,
    known: redBefore(failure, patch),
  })
  return { patch, evidence, verdict }
}

/** A check that is over sooner than this may run in vain. */
const quickMs = 10_000

/** Mostly the edits are formatted already: a quick check runs on them meanwhile, and its result is remembered. */
async function tidyOf(
  { workspace, failure: { check }, observer, tidy, ahead }: Climb,
  { patch, evidence }: Standing,
  edits: Patch,
): Promise<Patch> {
  if (evidence.durationMs > quickMs) return await tidy({ workspace, patch, check }, edits)
  const likely = combine(patch, edits)
  ahead(likely)
  const early = observer.observe(workspace, check, likely)
  const [formatted] = await Promise.all([tidy({ workspace, patch, check }, edits), early])
  return formatted
}

/** Puts on record what was tried and not kept. */
function discard(
  task: Climb,
  standing: Standing,
  { candidate, why }: { candidate: Candidate; why: string },
): void {
  standing.trials.push(trialOf(task, candidate, why))
  standing.lessons.push(...lessonsOf(task, candidate, false))
  task.note(discardedNote(candidate.strategy, why))
}

export function keep(task: Climb, standing: Standing, candidate: Candidate): void {
  standing.kept.push(candidate)
  standing.trials.push(trialOf(task, candidate, 'kept'))
  standing.lessons.push(...lessonsOf(task, candidate, true))
  task.note(candidate.description)
}
