import type { Evidence } from '#domain/evidence.ts'
import { combine, type Patch } from '#domain/patch.ts'
import type { CandidateVerdict } from '#domain/verdict.ts'
import { discardedNote } from '#messages/fix-notes.ts'
import { discardMessage } from '#messages/refusal.ts'
import { judgeCandidate } from '#policy/candidate.ts'
import { findingsOf } from '#policy/compare.ts'
import type { Candidate, Fixer } from '#ports/fixer.ts'

import {
  cheatsOf,
  type Climb,
  type Climbed,
  isResolved,
  repairOf,
  requestOf,
  type Standing,
  targetsOf,
  trialOf,
} from './standing.ts'

/** A fix may uncover the next finding (an import, then the type behind it); no repository needed more than five rounds. */
const rounds = 5

/** Climbs the ladder, cheapest rung first, until the check is green or no rung helps. Keeps only what was measured. */
export async function climb(task: Climb): Promise<Climbed> {
  const { failure, patch } = task
  const standing: Standing = { patch, evidence: failure.evidence, kept: [], trials: [] }
  if (patch.length > 0)
    standing.evidence = await task.observer.observe(task.workspace, failure.check, patch)
  const start = standing.evidence
  for (let round = 1; round <= rounds && !isResolved(task, standing.evidence); round += 1) {
    const kept = standing.kept.length
    for (const fixer of task.fixers) await tryFixer(task, standing, fixer)
    if (standing.kept.length === kept) break
  }
  const over = isResolved(task, standing.evidence)
  return {
    repair: over ? repairOf(task, standing) : null,
    trials: standing.trials,
    start,
    left: over ? [] : targetsOf(task, standing),
  }
}

async function tryFixer(task: Climb, standing: Standing, fixer: Fixer): Promise<void> {
  if (isResolved(task, standing.evidence)) return
  const request = requestOf(task, standing)
  if (!fixer.applies(request)) return
  const candidates = await fixer.propose(request)
  const [first, ...others] = candidates
  if (first === undefined) return
  // Each was judged alone by its fixer's own means where it could be; together they save runs, alone they decide.
  if (others.length > 0 && (await tryTogether(task, standing, candidates))) return
  await tryEach(task, standing, candidates)
}

/** A candidate holds whole files: one that overlaps what this round already judged is proposed anew next round. */
async function tryEach(
  task: Climb,
  standing: Standing,
  candidates: readonly Candidate[],
): Promise<void> {
  const judged = new Set<string>()
  for (const candidate of candidates) {
    if (isResolved(task, standing.evidence)) return
    const paths = candidate.patch.map(({ path }) => path)
    if (paths.some((path) => judged.has(path))) continue
    await tryOne(task, standing, candidate)
    for (const path of paths) judged.add(path)
  }
}

/**
 * One run for all: kept when the check is resolved, or when at least as many findings went as there are candidates and
 * nothing came. Otherwise each has to show alone what it does.
 */
async function tryTogether(
  task: Climb,
  standing: Standing,
  candidates: readonly Candidate[],
): Promise<boolean> {
  const paths = candidates.flatMap(({ patch }) => patch.map(({ path }) => path))
  if (new Set(paths).size < paths.length && !isStack(candidates)) return false
  if (candidates.some((one) => cheatsOf(task, standing, one).length > 0)) return false
  const { patch, evidence, verdict } = await measure(task, standing, candidates)
  const pays = verdict.kind === 'keep' && verdict.fixed.length >= candidates.length
  if (!pays && !isResolved(task, evidence)) return false
  standing.patch = patch
  standing.evidence = evidence
  for (const candidate of candidates) keep(task, standing, candidate)
  return true
}

/** Candidates of one fixer that touch the same file are whole texts on top of one another, in order. */
function isStack(candidates: readonly Candidate[]): boolean {
  return candidates.every(({ stacked }) => stacked === true)
}

async function tryOne(task: Climb, standing: Standing, candidate: Candidate): Promise<void> {
  const [cheat] = cheatsOf(task, standing, candidate)
  if (cheat !== undefined) return discard(task, standing, { candidate, why: cheat.what })
  const { patch, evidence, verdict } = await measure(task, standing, [candidate])
  if (verdict.kind === 'keep') {
    standing.patch = patch
    standing.evidence = evidence
    return keep(task, standing, candidate)
  }
  discard(task, standing, { candidate, why: discardMessage(verdict.because) })
}

/** Runs the failing check on the edits, laid over what was kept so far and formatted as the repository formats. */
async function measure(
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

function discard(
  task: Climb,
  standing: Standing,
  { candidate, why }: { candidate: Candidate; why: string },
): void {
  standing.trials.push(trialOf(task, candidate, why))
  task.note(discardedNote(candidate.strategy, why))
}

function keep(task: Climb, standing: Standing, candidate: Candidate): void {
  standing.kept.push(candidate)
  standing.trials.push(trialOf(task, candidate, 'kept'))
  task.note(candidate.description)
}
