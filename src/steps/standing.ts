import { isGreen, type Evidence } from '#domain/evidence.ts'
import type { Failure, Repair, Trial } from '#domain/failure.ts'
import type { Finding } from '#domain/finding.ts'
import type { Lesson, Tally } from '#domain/lesson.ts'
import type { Patch } from '#domain/patch.ts'
import type { Refusal } from '#domain/refusal.ts'
import type { FlakeVerdict } from '#domain/verdict.ts'
import { cheatsIn } from '#policy/cheating/judge.ts'
import { difference, findingsOf, hidesTests, redBefore } from '#policy/compare.ts'
import type { Candidate, Fixer, FixRequest, Tidy } from '#ports/fixer.ts'
import type { Observer, Workspace } from '#ports/workspace.ts'

import type { CoderRung } from './coder-rung.ts'
import type { Spent } from './written-by-coder.ts'

export interface Climb {
  readonly failure: Failure
  /** What earlier repairs changed already. */
  readonly patch: Patch
  readonly workspace: Workspace
  readonly fixers: readonly Fixer[]
  readonly observer: Pick<Observer, 'observe'>
  readonly tidy: Tidy
  readonly snapshotsAllowed: boolean
  readonly recipes: FixRequest['recipes']
  readonly base: FixRequest['base']
  /** Told of each patch that is about to be measured. */
  readonly ahead: (patch: Patch) => void
  readonly note: (text: string) => void
  /** What became of strategies in this repository before. */
  readonly known: readonly Tally[]
  /** The last rung; null where there is none. */
  readonly coder: CoderRung | null
}

export interface Climbed {
  readonly repair: Repair | null
  readonly trials: readonly Trial[]
  readonly lessons: readonly Lesson[]
  /** The check on what it started from. */
  readonly start: Evidence
  /** What running it again on the same tree said; null where nobody asked. */
  readonly chance: FlakeVerdict | null
  /** Why the budget let no coder go on; null where it did. */
  readonly spent: Spent | null
  /** Why the last that a coder wrote was declined; null where it was not. */
  readonly declined: string | null
  /** Targets that are still there. */
  readonly left: readonly Finding[]
}

export interface Standing {
  patch: Patch
  evidence: Evidence
  readonly kept: Candidate[]
  readonly trials: Trial[]
  readonly lessons: Lesson[]
  /** How often the coder was asked. */
  asked: number
  chance: FlakeVerdict | null
  spent: Spent | null
  /** The last that the coder wrote was too much. */
  declined: string | null
}

/** Green, or red only by what was red before us. */
export function isResolved(
  { failure }: Pick<Climb, 'failure'>,
  { evidence, patch }: Pick<Standing, 'evidence' | 'patch'>,
): boolean {
  if (isGreen(evidence)) return !hidesTests(failure.evidence, evidence)
  const known = redBefore(failure, patch)
  if (known.length === 0 || evidence.end.kind === 'stopped') return false
  return difference(findingsOf(failure.check.name, evidence), known).length === 0
}

export function targetsOf({ failure }: Climb, { evidence, patch }: Standing): readonly Finding[] {
  return difference(findingsOf(failure.check.name, evidence), redBefore(failure, patch))
}

export function requestOf(task: Climb, standing: Standing): FixRequest {
  return {
    workspace: task.workspace,
    check: task.failure.check,
    patch: standing.patch,
    findings: targetsOf(task, standing),
    snapshotsAllowed: task.snapshotsAllowed,
    recipes: task.recipes,
    base: task.base,
  }
}

export function trialOf({ failure }: Climb, candidate: Candidate, verdict: string): Trial {
  const { strategy, description } = candidate
  return { check: failure.check.name, strategy, description, verdict }
}

export function repairOf({ failure, patch }: Climb, { kept, ...standing }: Standing): Repair {
  const before = new Map(patch.map(({ path, content }) => [path, content]))
  const complex = kept.flatMap((one) => one.complex ?? [])
  return {
    check: failure.check.name,
    command: failure.check.command,
    strategies: kept.map(({ strategy }) => strategy),
    descriptions: kept.map(({ description }) => description),
    rootCauses: [...new Set(kept.map(({ rootCause }) => rootCause))],
    risk: kept.some(({ risk }) => risk === 'review') ? 'review' : 'safe',
    ...(complex.length > 0 && { complex }),
    patch: standing.patch.filter(({ path, content }) => before.get(path) !== content),
    before: failure.evidence,
    after: standing.evidence,
    mode: failure.check.mode,
  }
}

/** Judged before it is run: what would be green by cheating need not be measured. */
export function cheatsOf(
  { workspace, snapshotsAllowed }: Climb,
  { patch }: Standing,
  candidate: Candidate,
): readonly Refusal[] {
  const change = candidate.patch.map(({ path, content }) => ({
    path,
    before: workspace.read(path, patch),
    after: content,
  }))
  const snapshots = snapshotsAllowed && candidate.strategy.startsWith('snapshot')
  return cheatsIn(change, { snapshots })
}
