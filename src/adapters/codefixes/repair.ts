import { join } from 'node:path'

import { audit } from './audit.ts'
import { solveTogether } from './batch.ts'
import { createBench, type Bench } from './bench.ts'
import { missingExport, unknownName, unresolvedModule, unusedCodes } from './codes.ts'
import { fixersFor } from './fixers/fixers-for.ts'
import type { Problem } from './problems.ts'
import { openProjects, type Projects } from './project/projects.ts'
import { createShelf } from './project/shelf.ts'
import type { Proposal } from './proposal.ts'
import type { Left, Repair, RepairAnswer, RepairRequest, Target } from './protocol.ts'
import { solve, type Taken } from './search.ts'
import { wantedOf, type Wanted } from './targets.ts'

/** Repairs what it can of the targets, each repair verified in memory. Writes nothing. */
export function repair(root: string, request: RepairRequest, shelf = createShelf()): RepairAnswer {
  const started = performance.now()
  const expired = budgetOf(request.budgetMs)
  const wantedFiles = {
    files: namedFiles(root, request.targets),
    configs: request.configs.map((config) => join(root, config)),
    was: request.was,
  }
  const projects = openProjects(root, wantedFiles, shelf)
  const wanted = wantedOf(projects, request.targets)
  const first = workOn(projects, wanted, { wide: false, expired })
  const work = holds(first) ? first : workOn(projects, wanted, { wide: true, expired })
  const left = open(work.bench, work.wanted).map((problem) => leftOf(work, problem))
  const totalMs = performance.now() - started
  return { repairs: work.repairs, left, loadMs: first.since - started, totalMs }
}

/** Whether so much processor time was spent: a machine that is busy with others does not make a repair harder. */
function budgetOf(ms: number): () => boolean {
  const before = process.cpuUsage()
  return () => {
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1000 > ms
  }
}

function workOn(
  projects: Projects,
  wanted: Wanted,
  { wide, expired }: { readonly wide: boolean; readonly expired: () => boolean },
): Work {
  for (const file of projects.overlay.edited()) projects.overlay.write(file, null)
  const bench = createBench(projects, { unusedIn: wanted.unusedIn, wide })
  const targets = open(bench, wanted)
  // Lines move with every edit: from here on a target is known by what it says.
  const keys = new Set(targets.map(({ key }) => key))
  const asked = { ...wanted, includes: ({ key }: Problem) => keys.has(key) }
  const since = performance.now()
  const work: Work = { bench, wanted: asked, expired, since, repairs: [], because: new Map() }
  if (targets.length > 0) {
    for (const turn of turns) {
      batch(work, turn)
      for (const risk of ['safe', 'review'] as const) pass(work, risk, turn)
    }
  }
  return work
}

/** What changes what a file means to others, so that they have to be asked. */
const outward =
  /\/(?:export|spelling-declaration|await|async|async-return|annotation|infer|let)(?:\+|$)/

/** The sum of all repairs breaks nothing that imports what they changed. */
function holds({ bench, wanted, repairs }: Work): boolean {
  if (!repairs.some(({ strategy }) => outward.test(strategy))) return true
  return audit(bench.projects, wanted.unusedIn)
}

type Turn = (bench: Bench, problem: Problem) => boolean

/** First what does not resolve, then what follows from it; unused and override last, and not beside what is unresolved. */
const turns: readonly Turn[] = [
  (_bench, problem) => isUnresolved(problem),
  (_bench, problem) => !isUnresolved(problem) && !isEcho(problem),
  (bench, problem) => isEcho(problem) && !bench.problems(problem.file).some(isUnresolved),
]

function isUnresolved({ code }: Problem): boolean {
  return unresolvedModule.has(code) || missingExport.has(code) || unknownName.has(code)
}

/** Often only says that something else is missing. */
function isEcho({ code }: Problem): boolean {
  return unusedCodes.has(code) || (code >= 4112 && code <= 4122)
}

interface Work {
  readonly bench: Bench
  readonly wanted: Wanted
  readonly expired: () => boolean
  readonly since: number
  readonly repairs: Repair[]
  readonly because: Map<string, string>
}

/** The obvious ones in one go; what is the same mistake twice is one problem here, and goes with the other pass. */
function batch(work: Work, turn: Turn): void {
  const { bench, expired } = work
  const problems = open(bench, work.wanted).filter((problem) => turn(bench, problem))
  for (const laid of solveTogether({ bench, fixersFor, risk: 'safe', expired }, problems))
    work.repairs.push(repairOf(bench, laid, (file) => laid.texts.get(file) ?? ''))
}

/** Takes repair after repair until a whole look over the targets brings none. */
function pass(work: Work, risk: Proposal['risk'], turn: Turn): void {
  for (let progress = true; progress;) {
    progress = false
    for (const problem of open(work.bench, work.wanted)) {
      if (work.expired()) return
      if (!turn(work.bench, problem)) continue
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
  work.repairs.push(repairOf(bench, found.taken, (file) => bench.projects.overlay.read(file) ?? ''))
  return true
}

function open(bench: Bench, wanted: Wanted): readonly Problem[] {
  const found = wanted.files.flatMap((file) => bench.problems(file)).filter(wanted.includes)
  const places = new Map(found.map((problem) => [`${problem.key}|${problem.start}`, problem]))
  return [...places.values()].toSorted((a, b) => turnOf(a) - turnOf(b))
}

/** Modules first, then their names, then the rest: what is found first explains what comes after it. */
function turnOf({ code }: Problem): number {
  const order = [unresolvedModule, missingExport, unknownName]
  const turn = order.findIndex((codes) => codes.has(code))
  return turn < 0 ? order.length : turn
}

function repairOf(
  { projects }: Bench,
  { proposals, files }: Taken,
  read: (file: string) => string,
): Repair {
  return {
    strategy: [...new Set(proposals.map(({ strategy }) => strategy))].join('+'),
    description: [...new Set(proposals.map(({ description }) => description))].join('; '),
    rootCause: [...new Set(proposals.map(({ rootCause }) => rootCause))].join('; '),
    risk: proposals.some(({ risk }) => risk === 'review') ? 'review' : 'safe',
    edits: files.map((file) => ({
      path: projects.name(file),
      content: read(file),
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
