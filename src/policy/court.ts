import type { Evidence } from '#domain/evidence.ts'
import type { Finding } from '#domain/finding.ts'
import type { CourtVerdict, FlakeCase, Seen, TestName, TestOutcome } from '#domain/flake-case.ts'

import { infrastructureFault, rerunsFor } from './flake.ts'

/** Tests whose failures may be chance, among what a check said: fifty at most, for what fails by the hundred is no chance. */
export function testsIn(check: string, runs: readonly Evidence[]): readonly TestName[] {
  const named = runs.flatMap(({ findings }) => findings.filter(dependsOnChance))
  return unique(named.map((finding) => testOf(check, finding))).slice(0, 50)
}

/** What one run of a check says about one of its tests. */
export function outcomeOf(test: TestName, run: Evidence): TestOutcome {
  if (infrastructureFault(run) !== null) return 'infra'
  const failed = run.findings.filter(dependsOnChance).map((finding) => testOf(test.check, finding))
  return failed.some((one) => isSame(one, test)) ? 'fail' : 'pass'
}

export function isSame(one: TestName, other: TestName): boolean {
  return keyOf(one) === keyOf(other)
}

/** Equal for the same test, whatever it says. */
export function keyOf({ check, file, title }: TestName): string {
  return JSON.stringify([check, file, title])
}

function testOf(check: string, { file, subject }: Finding): TestName {
  return { check, file, title: subject ?? check }
}

function dependsOnChance({ tool }: Finding): boolean {
  return tool !== 'install' && rerunsFor([tool]) > 1
}

function unique(tests: readonly TestName[]): readonly TestName[] {
  return [...new Map(tests.map((test) => [keyOf(test), test])).values()]
}

/** More runs of what is red in CI and green here: until one is red, nine at most, and five minutes in all. */
export function mayRunAgain(runs: readonly Evidence[]): boolean {
  const spentMs = runs.reduce((total, { durationMs }) => total + durationMs, 0)
  return runs.length < mostRuns && spentMs < 300_000
}

/** Ten green runs say that it fails less than once in four (95 %): looking longer would cost more than it tells. */
const mostRuns = 10

const dayMs = 86_400_000
/** What is older says nothing about today. */
const quietDays = 14
/** As many as tell a flaky test from a broken one (policy/flake.ts), the first included. */
const enoughFails = 5

/** Flaky, broken or the machine, by what was seen of one test, the newest first. */
export function judgeTest(seen: readonly Seen[], now: Date): CourtVerdict {
  const since = now.getTime() - quietDays * dayMs
  const recent = seen.filter(({ at }) => at.getTime() > since)
  const telling = recent.filter(({ outcome }) => outcome !== 'infra')
  const mixed = mixedCommits(telling)
  if (mixed.length > 0) return flakyBy(telling, mixed)
  const fails = telling.filter(({ outcome }) => outcome === 'fail')
  if (fails.length === 0)
    return recent.length > telling.length && telling.length === 0
      ? { kind: 'infra', times: recent.length }
      : { kind: 'quiet' }
  const newest = telling[0]?.sha
  const last = fails.filter(({ sha }) => sha === newest)
  return last.length >= enoughFails ? { kind: 'broken', fails: last.length } : { kind: 'open' }
}

/** Commits on which it passed and failed. */
function mixedCommits(seen: readonly Seen[]): readonly string[] {
  const on = (sha: string, outcome: TestOutcome) =>
    seen.some((one) => one.sha === sha && one.outcome === outcome)
  return [...new Set(seen.map(({ sha }) => sha))].filter(
    (sha) => on(sha, 'pass') && on(sha, 'fail'),
  )
}

function flakyBy(seen: readonly Seen[], mixed: readonly string[]): CourtVerdict {
  const there = seen.filter(({ sha }) => mixed.includes(sha))
  const fails = there.filter(({ outcome }) => outcome === 'fail').length
  return { kind: 'flaky', fails, passes: there.length - fails, where: mixed.length }
}

export type Sentence = 'nothing' | 'show' | 'close'

/**
 * What people are told: of a flaky test once it was seen on the default branch or on two branches, for a pull request may
 * bring one that it repairs itself; then of all that is learned, until nothing was seen for two weeks.
 */
export function sentence(
  verdict: CourtVerdict,
  { known, seen, trunk }: { known: FlakeCase | null; seen: readonly Seen[]; trunk: string | null },
): Sentence {
  if (known !== null && known.issue !== null && known.isOpen) return whileTold[verdict.kind]
  return verdict.kind === 'flaky' && concernsAll(seen, trunk) ? 'show' : 'nothing'
}

const whileTold: Record<CourtVerdict['kind'], Sentence> = {
  flaky: 'show',
  broken: 'show',
  infra: 'show',
  quiet: 'close',
  open: 'nothing',
}

function concernsAll(seen: readonly Seen[], trunk: string | null): boolean {
  const fails = seen.filter(({ outcome }) => outcome === 'fail')
  const branches = new Set(fails.map(({ branch }) => branch))
  return branches.size > 1 || (trunk !== null && branches.has(trunk))
}
