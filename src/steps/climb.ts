import { isGreen, type Evidence } from '#domain/evidence.ts'
import type { Failure, Repair, Trial } from '#domain/failure.ts'
import type { Finding } from '#domain/finding.ts'
import { combine, type Patch } from '#domain/patch.ts'
import { discardedNote } from '#messages/fix-notes.ts'
import { discardMessage } from '#messages/refusal.ts'
import { judgeCandidate } from '#policy/candidate.ts'
import { difference, findingsOf } from '#policy/compare.ts'
import type { Candidate, Fixer, FixRequest, Tidy } from '#ports/fixer.ts'
import type { Observer, Workspace } from '#ports/workspace.ts'

export interface Climb {
  readonly failure: Failure
  /** What earlier repairs changed already. */
  readonly patch: Patch
  readonly workspace: Workspace
  readonly fixers: readonly Fixer[]
  readonly observer: Pick<Observer, 'observe'>
  readonly tidy: Tidy
  readonly snapshotsAllowed: boolean
  readonly base: FixRequest['base']
  readonly note: (text: string) => void
}

export interface Climbed {
  readonly repair: Repair | null
  readonly trials: readonly Trial[]
  /** Targets that are still there. */
  readonly left: readonly Finding[]
}

interface Standing {
  patch: Patch
  evidence: Evidence
  readonly kept: Candidate[]
  readonly trials: Trial[]
}

/** A fix may uncover the next finding (an import, then the type behind it); no repository needed more than five rounds. */
const rounds = 5

/** Climbs the ladder, cheapest rung first, until the check is green or no rung helps. Keeps only what was measured. */
export async function climb(task: Climb): Promise<Climbed> {
  const { failure, patch } = task
  const standing: Standing = { patch, evidence: failure.evidence, kept: [], trials: [] }
  if (patch.length > 0)
    standing.evidence = await task.observer.observe(task.workspace, failure.check, patch)
  for (let round = 1; round <= rounds && !isOver(task, standing); round += 1) {
    const kept = standing.kept.length
    for (const fixer of task.fixers) await tryFixer(task, standing, fixer)
    if (standing.kept.length === kept) break
  }
  const over = isOver(task, standing)
  return {
    repair: over ? repairOf(task, standing) : null,
    trials: standing.trials,
    left: over ? [] : targetsOf(task, standing),
  }
}

async function tryFixer(task: Climb, standing: Standing, fixer: Fixer): Promise<void> {
  if (isOver(task, standing)) return
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
    if (isOver(task, standing)) return
    const paths = candidate.patch.map(({ path }) => path)
    if (paths.some((path) => judged.has(path))) continue
    await tryOne(task, standing, candidate)
    for (const path of paths) judged.add(path)
  }
}

async function tryTogether(
  task: Climb,
  standing: Standing,
  candidates: readonly Candidate[],
): Promise<boolean> {
  const paths = candidates.flatMap(({ patch }) => patch.map(({ path }) => path))
  if (new Set(paths).size < paths.length && !isStack(candidates)) return false
  const together = candidates.reduce<Patch>((all, one) => combine(all, one.patch), [])
  const patch = await laidOver(task, standing, together)
  const evidence = await task.observer.observe(task.workspace, task.failure.check, patch)
  if (!isResolved(task, evidence)) return false
  standing.patch = patch
  standing.evidence = evidence
  for (const candidate of candidates) keep(task, standing, candidate)
  return true
}

async function laidOver(task: Climb, { patch }: Standing, edits: Patch): Promise<Patch> {
  const { workspace, failure } = task
  return combine(patch, await task.tidy({ workspace, patch, check: failure.check }, edits))
}

/** Candidates of one fixer that touch the same file are whole texts on top of one another, in order. */
function isStack(candidates: readonly Candidate[]): boolean {
  return candidates.every(({ stacked }) => stacked === true)
}

async function tryOne(task: Climb, standing: Standing, candidate: Candidate): Promise<void> {
  const patch = await laidOver(task, standing, candidate.patch)
  const evidence = await task.observer.observe(task.workspace, task.failure.check, patch)
  const check = task.failure.check.name
  const verdict = judgeCandidate({
    targets: targetsOf(task, standing),
    before: findingsOf(check, standing.evidence),
    after: evidence.end.kind === 'stopped' ? null : findingsOf(check, evidence),
    changes: candidate.patch.length > 0,
  })
  if (verdict.kind === 'keep') {
    standing.patch = patch
    standing.evidence = evidence
    return keep(task, standing, candidate)
  }
  const why = discardMessage(verdict.because)
  standing.trials.push(trialOf(task, candidate, why))
  task.note(discardedNote(candidate.strategy, why))
}

function keep(task: Climb, standing: Standing, candidate: Candidate): void {
  standing.kept.push(candidate)
  standing.trials.push(trialOf(task, candidate, 'kept'))
  task.note(candidate.description)
}

function isOver(task: Climb, { evidence }: Standing): boolean {
  return isResolved(task, evidence)
}

/** Green, or red only by what was red before us. */
function isResolved({ failure }: Climb, evidence: Evidence): boolean {
  if (isGreen(evidence)) return true
  if (failure.preExisting.length === 0 || evidence.end.kind === 'stopped') return false
  return difference(findingsOf(failure.check.name, evidence), failure.preExisting).length === 0
}

function targetsOf({ failure }: Climb, { evidence }: Standing): readonly Finding[] {
  return difference(findingsOf(failure.check.name, evidence), failure.preExisting)
}

function requestOf(task: Climb, standing: Standing): FixRequest {
  return {
    workspace: task.workspace,
    check: task.failure.check,
    patch: standing.patch,
    findings: targetsOf(task, standing),
    snapshotsAllowed: task.snapshotsAllowed,
    base: task.base,
  }
}

function trialOf({ failure }: Climb, candidate: Candidate, verdict: string): Trial {
  const { strategy, description } = candidate
  return { check: failure.check.name, strategy, description, verdict }
}

function repairOf({ failure, patch }: Climb, { kept, ...standing }: Standing): Repair {
  const before = new Map(patch.map(({ path, content }) => [path, content]))
  return {
    check: failure.check.name,
    command: failure.check.command,
    strategies: kept.map(({ strategy }) => strategy),
    descriptions: kept.map(({ description }) => description),
    rootCauses: [...new Set(kept.map(({ rootCause }) => rootCause))],
    risk: kept.some(({ risk }) => risk === 'review') ? 'review' : 'safe',
    patch: standing.patch.filter(({ path, content }) => before.get(path) !== content),
    before: failure.evidence,
    after: standing.evidence,
  }
}
