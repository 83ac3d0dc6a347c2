import type { Bench } from './bench.ts'
import { newProblems, type Problem } from './problems.ts'
import type { Proposal, TextEdit } from './proposal.ts'
import { distinctOf, sceneOf, type Search, type Taken } from './search.ts'

/** One proposal of a batch, with the texts as they were right after it. */
export interface Laid extends Taken {
  readonly key: string
  readonly texts: ReadonlyMap<string, string>
}

/**
 * Lays the first and only proposal of each problem, one on top of the other, and looks once: a look costs what a
 * compilation costs. All hold together, or none is taken.
 */
export function solveTogether(search: Search, problems: readonly Problem[]): readonly Laid[] {
  if (problems.length < 2) return []
  const { bench } = search
  const files = [...new Set(problems.map(({ file }) => file))]
  const before = files.flatMap(bench.problems)
  const laid = layAll(search, problems)
  const changed = [...new Set([...files, ...laid.flatMap((one) => one.files)])]
  const unseen = changed.some((file) => !files.includes(file))
  if (laid.length > 1 && !unseen && holds(changed.flatMap(bench.problems), before, laid))
    return laid
  for (const one of laid.toReversed()) one.undo()
  return []
}

function holds(
  after: readonly Problem[],
  before: readonly Problem[],
  laid: readonly Laid[],
): boolean {
  const keys = new Set(laid.map(({ key }) => key))
  return newProblems(before, after).length === 0 && !after.some(({ key }) => keys.has(key))
}

/** A problem without an answer, or with more than one, is left to be looked at alone. */
function layAll(search: Search, problems: readonly Problem[]): readonly Laid[] {
  const laid: Laid[] = []
  let waiting = [...problems]
  while (waiting.length > 0) {
    const [problem, ...rest] = waiting
    const proposal = problem && !search.expired() ? firstOnly(search, problem) : null
    const written = proposal && search.bench.lean(proposal.edits)
    waiting = rest
    if (!problem || !proposal || !written || 'refused' in written) continue
    const texts = textsOf(search.bench, written.files)
    laid.push({ ...written, key: problem.key, proposals: [proposal], texts })
    waiting = rest.map((one) => shifted(one, proposal.edits))
  }
  return laid
}

function textsOf({ projects }: Bench, files: readonly string[]): ReadonlyMap<string, string> {
  return new Map(files.map((file) => [file, projects.overlay.read(file) ?? '']))
}

function firstOnly(search: Search, problem: Problem): Proposal | null {
  for (const fixer of search.fixersFor(problem.code)) {
    const scene = sceneOf(search.bench, problem)
    for (const tier of scene ? fixer(scene) : []) {
      const [only, other] = distinctOf(tier)
      if (only === undefined) continue
      return other === undefined && only.risk === 'safe' ? only : null
    }
  }
  return null
}

/** Where a problem stands after edits before it. */
function shifted(problem: Problem, edits: readonly TextEdit[]): Problem {
  const before = edits.filter(({ file, start }) => file === problem.file && start <= problem.start)
  const by = before.reduce((all, { text, length }) => all + text.length - length, 0)
  return { ...problem, start: problem.start + by }
}
