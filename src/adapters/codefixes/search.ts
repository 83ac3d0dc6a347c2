import type { Bench, Trial } from './bench.ts'
import type { Problem } from './problems.ts'
import type { CodeFixer, Proposal, Scene, TextEdit, Tier } from './proposal.ts'
import { nodeAt } from './syntax.ts'

export interface Taken {
  readonly proposals: readonly Proposal[]
  readonly files: readonly string[]
  readonly undo: () => void
}

export interface Search {
  readonly bench: Bench
  readonly fixersFor: (code: number) => readonly CodeFixer[]
  readonly risk: Proposal['risk']
  readonly expired: () => boolean
}

/** How many repairs may lean on each other: a wrong path hides what is wrong with the names behind it. */
const deepest = 3

export type Found =
  | { readonly kind: 'taken'; readonly taken: Taken }
  | { readonly kind: 'ambiguous' }
  | { readonly kind: 'none' }

/** Tries what the fixers propose for a problem, cheapest first, and takes the one that holds; its edits stay laid. */
export function solve(search: Search, problem: Problem, depth = deepest): Found {
  for (const fixer of search.fixersFor(problem.code)) {
    const scene = sceneOf(search.bench, problem)
    if (scene === null) return { kind: 'none' }
    for (const tier of fixer(scene)) {
      if (search.expired()) return { kind: 'none' }
      // A surer answer that a human has to see is not overtaken by a lesser one that nobody sees.
      if (search.risk === 'safe' && tier.some(({ risk }) => risk === 'review'))
        return { kind: 'none' }
      const found = takeOnly(search, { problem, tier, depth })
      if (found.kind !== 'none') return found
    }
  }
  return { kind: 'none' }
}

export function sceneOf({ projects }: Bench, problem: Problem): Scene | null {
  const { project } = problem
  const program = project.program()
  const file = program.getSourceFile(problem.file)
  if (file === undefined) return null
  return {
    problem,
    project,
    projects,
    file,
    checker: program.getTypeChecker(),
    node: nodeAt(file, problem.start),
    name: projects.name(problem.file),
  }
}

interface Attempt {
  readonly problem: Problem
  readonly tier: readonly Proposal[]
  readonly depth: number
}

/** The only proposal of a tier that holds. Two different ones that hold are one too many. */
function takeOnly(search: Search, { problem, tier, depth }: Attempt): Found {
  const distinct = distinctOf(tier)
  const [single, second] = distinct
  if (single === undefined) return { kind: 'none' }
  if (second === undefined) return foundOf(take(search, { problem, proposal: single, depth }))
  const holding: Proposal[] = []
  for (const proposal of distinct) {
    const taken = take(search, { problem, proposal, depth })
    if (taken === null) continue
    taken.undo()
    holding.push(proposal)
  }
  const [only, other] = holding
  if (only === undefined) return { kind: 'none' }
  if (other !== undefined) return { kind: 'ambiguous' }
  return foundOf(take(search, { problem, proposal: only, depth }))
}

function foundOf(taken: Taken | null): Found {
  return taken === null ? { kind: 'none' } : { kind: 'taken', taken }
}

export function distinctOf(tier: Tier): readonly Proposal[] {
  return [...new Map(tier.map((one) => [keyOf(one.edits), one])).values()]
}

function keyOf(edits: readonly TextEdit[]): string {
  return JSON.stringify(edits.map(({ file, start, length, text }) => [file, start, length, text]))
}

interface Step {
  readonly problem: Problem
  readonly proposal: Proposal
  readonly depth: number
}

/** Lays a proposal; it holds where its problem is gone and every problem it uncovered could be solved too. */
function take(search: Search, { problem, proposal, depth }: Step): Taken | null {
  const trial = search.bench.lay(proposal.edits, problem.file)
  if ('refused' in trial) return null
  const taken: Taken = { proposals: [proposal], files: trial.files, undo: trial.undo }
  if (trial.fresh.length === 0) {
    if (trial.gone.some(({ key }) => key === problem.key)) return taken
    trial.undo()
    return null
  }
  const whole =
    depth > 0 && trial.fresh.length <= 8 ? uncover(search, { taken, trial, depth }) : null
  if (whole === null) trial.undo()
  return whole
}

interface Uncovered {
  readonly taken: Taken
  readonly trial: Trial
  readonly depth: number
}

/** Solves what a repair brought to light, as part of it. Nothing stays laid beyond the repair where one cannot be solved. */
function uncover(search: Search, { taken, trial, depth }: Uncovered): Taken | null {
  const parts: Taken[] = []
  let left = trial.fresh
  while (left.length > 0) {
    const solved = left.flatMap((problem) => solvedNow(search, problem, depth))
    parts.push(...solved)
    const still = left.filter((problem) => current(search, problem) !== undefined)
    if (solved.length === 0 && still.length > 0) {
      for (const part of parts.toReversed()) part.undo()
      return null
    }
    left = still
  }
  return {
    proposals: [...taken.proposals, ...parts.flatMap(({ proposals }) => proposals)],
    files: [...new Set([...taken.files, ...parts.flatMap(({ files }) => files)])],
    undo() {
      for (const part of parts.toReversed()) part.undo()
      taken.undo()
    },
  }
}

function solvedNow(search: Search, problem: Problem, depth: number): readonly Taken[] {
  const still = current(search, problem)
  const found = still && solve(search, still, depth - 1)
  return found?.kind === 'taken' ? [found.taken] : []
}

function current({ bench }: Search, problem: Problem): Problem | undefined {
  return bench.problems(problem.file).find(({ key }) => key === problem.key)
}
