import type { CheckRun, CheckSuite, Conclusion } from './checks-state.ts'
import { type House, nextId } from './house.ts'
import type { App, Repository } from './state.ts'

interface NewSuite {
  readonly app: App
  readonly headSha: string
  readonly headBranch: string | null
  readonly before: string | null
}

export function newSuite(house: House, repository: Repository, of: NewSuite): CheckSuite {
  const now = house.now()
  const suite: CheckSuite = {
    id: nextId(house),
    ...of,
    createdAt: now,
    updatedAt: now,
    status: 'queued',
    conclusion: null,
  }
  repository.checks.suites.push(suite)
  return suite
}

/** Brings a suite to what its latest runs say; true where it has just become complete. */
export function settleSuite(house: House, repository: Repository, suite: CheckSuite): boolean {
  const runs = latestRuns(repository.checks.runs.filter((run) => run.suite === suite))
  const was = suite.status
  const done = runs.length > 0 && runs.every((run) => run.status === 'completed')
  suite.status = done ? 'completed' : startedOf(runs)
  suite.conclusion = done ? worst(runs) : null
  suite.updatedAt = house.now()
  return done && was !== 'completed'
}

/** Of runs with one name in one suite the youngest. */
export function latestRuns(runs: readonly CheckRun[]): readonly CheckRun[] {
  const byName = new Map(runs.map((run) => [`${run.suite.id} ${run.name}`, run]))
  return [...byName.values()]
}

/** From the one that decides a suite alone to the one that never does. */
const severity: readonly Conclusion[] = [
  'failure',
  'timed_out',
  'cancelled',
  'action_required',
  'success',
  'neutral',
  'skipped',
]

function worst(runs: readonly CheckRun[]): Conclusion {
  return severity.find((one) => runs.some((run) => run.conclusion === one)) ?? 'success'
}

function startedOf(runs: readonly CheckRun[]): CheckSuite['status'] {
  return runs.some((run) => run.status !== 'queued') ? 'in_progress' : 'queued'
}
