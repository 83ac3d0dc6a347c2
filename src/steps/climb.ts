import type { Candidate, Fixer } from '#ports/fixer.ts'

import { inOrder } from './by-experience.ts'
import { climbByCoder } from './climb-by-coder.ts'
import {
  cheatsOf,
  type Climb,
  type Climbed,
  isResolved,
  repairOf,
  requestOf,
  type Standing,
  targetsOf,
} from './standing.ts'
import { keep, measure, tryOne } from './try-candidate.ts'

/** A fix may uncover the next finding (an import, then the type behind it); no repository needed more than five rounds. */
const rounds = 5

/** Climbs the ladder, cheapest rung first, until the check is green or no rung helps. Keeps only what was measured. */
export async function climb(task: Climb): Promise<Climbed> {
  const { failure, patch } = task
  const standing: Standing = {
    patch,
    evidence: failure.evidence,
    kept: [],
    trials: [],
    lessons: [],
    asked: 0,
    chance: null,
    spent: null,
    declined: null,
  }
  if (patch.length > 0)
    standing.evidence = await task.observer.observe(task.workspace, failure.check, patch)
  const start = standing.evidence
  for (let round = 1; round <= rounds && !isResolved(task, standing); round += 1) {
    const kept = standing.kept.length
    for (const fixer of task.fixers) await tryFixer(task, standing, fixer)
    if (standing.kept.length > kept) continue
    // It costs money, so it comes when nothing else helps.
    if (!(await climbByCoder(task, standing))) break
  }
  const over = isResolved(task, standing)
  return {
    repair: over ? repairOf(task, standing) : null,
    trials: standing.trials,
    lessons: standing.lessons,
    start,
    chance: standing.chance,
    spent: standing.spent,
    declined: standing.declined,
    left: over ? [] : targetsOf(task, standing),
  }
}

async function tryFixer(task: Climb, standing: Standing, fixer: Fixer): Promise<void> {
  if (isResolved(task, standing)) return
  const request = requestOf(task, standing)
  if (!fixer.applies(request)) return
  const candidates = inOrder(task, await fixer.propose(request))
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
    if (isResolved(task, standing)) return
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
  if (!pays && !isResolved(task, { evidence, patch })) return false
  standing.patch = patch
  standing.evidence = evidence
  for (const candidate of candidates) keep(task, standing, candidate)
  return true
}

/** Candidates of one fixer that touch the same file are whole texts on top of one another, in order. */
function isStack(candidates: readonly Candidate[]): boolean {
  return candidates.every(({ stacked }) => stacked === true)
}
