import { join } from 'node:path'

import { createBench, type Bench } from './bench.ts'
import { missingExport, unknownName, unresolvedModule, unusedCodes } from './codes.ts'
import { fixersFor } from './fixers/fixers-for.ts'
import type { Problem } from './problems.ts'
import { openProjects } from './project/projects.ts'
import type { Proposal } from './proposal.ts'
import type { Left, Repair, RepairAnswer, RepairRequest, Target } from './protocol.ts'
import { solve, type Taken } from './search.ts'
import { wantedOf, type Wanted } from './targets.ts'

/** Repairs what it can of the targets, each repair verified in memory. Writes nothing. */
export function repair(root: string, request: RepairRequest): RepairAnswer {
  const started = performance.now()
  const expired = (): boolean => performance.now() - started > request.budgetMs
  const projects = openProjects(root, {
    files: namedFiles(root, request.targets),
    configs: request.configs.map((config) => join(root, config)),
  })
  const wanted = wantedOf(projects, request.targets)
  const bench = createBench(projects, wanted.unusedIn)
  const targets = open(bench, wanted)
  const loadMs = performance.now() - started
  // Lines move with every edit: from here on a target is known by what it says.
  const keys = new Set(targets.map(({ key }) => key))
  const asked = { ...wanted, includes: ({ key }: Problem) => keys.has(key) }
  const work: Work = { bench, wanted: asked, expired, repairs: [], because: new Map() }
  if (targets.length > 0) {
    for (const risk of ['safe', 'review'] as const) pass(work, risk)
  }
  const left = open(bench, asked).map((problem) => leftOf(work, problem))
  return { repairs: work.repairs, left, loadMs, totalMs: performance.now() - started }
}

interface Work {
  readonly bench: Bench
  readonly wanted: Wanted
  readonly expired: () => boolean
  readonly repairs: Repair[]
  readonly because: Map<string, string>
}

/** Takes repair after repair until a whole look over the targets brings none. */
function pass(work: Work, risk: Proposal['risk']): void {
  for (let progress = true; progress;) {
    progress = false
    for (const problem of open(work.bench, work.wanted)) {
      if (work.expired()) return
      // An earlier repair may have taken it along, or moved it.
      const current = work.bench.problems(problem.file).find(({ key }) => key === problem.key)
      if (current !== undefined && attempt(work, current, risk)) progress = true
    }
  }
}

function attempt(work: Work, problem: Problem, risk: Proposal['risk']): boolean {
  const { bench, expired } = work
  const found = solve({ bench, fixersFor, risk, expired }, problem)
  if (found.kind === 'ambiguous')
    work.because.set(problem.key, 'several repairs would be equally right')
  if (found.kind !== 'taken') return false
  work.repairs.push(repairOf(bench, found.taken))
  return true
}

function open(bench: Bench, wanted: Wanted): readonly Problem[] {
  const found = wanted.files.flatMap((file) => bench.problems(file)).filter(wanted.includes)
  const places = new Map(found.map((problem) => [`${problem.key}|${problem.start}`, problem]))
  return [...places.values()].toSorted((a, b) => turnOf(a) - turnOf(b))
}

/** Modules first, then their names, then the rest: what is found first explains what comes after it. */
function turnOf({ code }: Problem): number {
  const turns = [unresolvedModule, missingExport, unknownName]
  const turn = turns.findIndex((codes) => codes.has(code))
  if (unusedCodes.has(code)) return turns.length + 1
  return turn < 0 ? turns.length : turn
}

function repairOf({ projects }: Bench, { proposals, files }: Taken): Repair {
  return {
    strategy: [...new Set(proposals.map(({ strategy }) => strategy))].join('+'),
    description: [...new Set(proposals.map(({ description }) => description))].join('; '),
    rootCause: [...new Set(proposals.map(({ rootCause }) => rootCause))].join('; '),
    risk: proposals.some(({ risk }) => risk === 'review') ? 'review' : 'safe',
    edits: files.map((file) => ({
      path: projects.name(file),
      content: projects.overlay.read(file) ?? '',
    })),
  }
}

function leftOf(work: Work, problem: Problem): Left {
  return {
    file: work.bench.projects.name(problem.file),
    code: problem.code,
    message: problem.message,
    because: work.because.get(problem.key) ?? 'no mechanical repair holds',
  }
}

function namedFiles(root: string, targets: readonly Target[]): readonly string[] {
  const named = targets.flatMap(({ file }) => (file === null ? [] : [join(root, file)]))
  return [...new Set(named)]
}
