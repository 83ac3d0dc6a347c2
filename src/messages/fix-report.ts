import type { Cost } from '#domain/cost.ts'
import type { FixFact } from '#domain/fix-fact.ts'
import type { CiEntry, FixReport, RepairReport } from '#domain/report.ts'
import type { Run } from '#domain/run.ts'

import { checkReports } from './check-reports.ts'
import { type FactOf, factsOf, measurementOf, one } from './facts.ts'

/** The report of a run from what is on record, and from nothing else (K24). */
export function fixReport(run: Run, facts: readonly FixFact[]): FixReport {
  return {
    version: 1,
    ...runPart(run),
    ...placePart(one(facts, 'place'), run),
    ...judgementPart(one(facts, 'judgement'), one(facts, 'triage')),
    checks: [...checkReports(facts)],
    ci: ciEntries(facts),
    culprits: factsOf(facts, 'culprit').map(({ culprit }) => culprit),
    repairs: factsOf(facts, 'repair').map(({ repair }) => repairReport(repair, facts)),
    remarks: factsOf(facts, 'remark').map(({ text }) => text),
    cost: costOf(factsOf(facts, 'cost')),
    discarded: factsOf(facts, 'trial')
      .map(({ trial }) => trial)
      .filter(({ verdict }) => verdict !== 'kept'),
    branch: branchOf(facts),
  }
}

function costOf(attempts: readonly FactOf<'cost'>[]): Cost | null {
  const last = attempts.at(-1)
  if (last === undefined) return null
  const all = attempts.map(({ usage }) => usage)
  const prices = all.flatMap(({ dollars }) => (dollars === null ? [] : [dollars]))
  return {
    attempts: all.length,
    models: [...new Set(all.map(({ model }) => model))],
    tokens: sum(all.map(({ inputTokens, outputTokens }) => inputTokens + outputTokens)),
    dollars: prices.length < all.length ? null : sum(prices),
    source: all.every(({ source }) => source === 'measured') ? 'measured' : 'estimated',
    near: last.near,
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0)
}

function runPart(run: Run) {
  return {
    run: run.id,
    task: run.taskId,
    outcome: run.outcome,
    reason: run.reason,
    detail: run.detail ?? '',
    durationMs: durationOf(run),
  }
}

function placePart(place: FactOf<'place'> | undefined, run: Run) {
  return place === undefined
    ? { repository: run.repository, head: null, base: null }
    : { repository: place.origin, head: place.headSha, base: place.baseSha }
}

/** Until a fix is judged, its weight is that of what is red. */
function judgementPart(
  judgement: FactOf<'judgement'> | undefined,
  triage: FactOf<'triage'> | undefined,
) {
  const { severity = null, priority = null } = judgement ?? triage ?? {}
  return { severity, priority, risk: judgement?.risk ?? null }
}

function ciEntries(facts: readonly FixFact[]): CiEntry[] {
  const compared = factsOf(facts, 'ci-comparison').map(({ comparison }) => comparison)
  return factsOf(facts, 'ci-report').map(({ report, trouble }) => {
    const comparison = compared.find(({ check }) => check === report.check) ?? null
    return { report, trouble, comparison }
  })
}

function durationOf({ startedAt, finishedAt }: Run): number | null {
  return finishedAt === null ? null : Math.max(0, Date.parse(finishedAt) - Date.parse(startedAt))
}

function repairReport(
  { patch, before, after, ...repair }: FactOf<'repair'>['repair'],
  facts: readonly FixFact[],
): RepairReport {
  const commit = factsOf(facts, 'commit').find(({ check }) => check === repair.check)
  const { check, strategies, descriptions, rootCauses, risk } = repair
  return {
    check,
    strategies,
    descriptions,
    rootCauses,
    files: patch.map(({ path }) => path),
    risk,
    complex: repair.complex ?? [],
    before: measurementOf(before),
    after: measurementOf(after),
    sha: commit?.sha ?? null,
  }
}

function branchOf(facts: readonly FixFact[]): FixReport['branch'] {
  const name = one(facts, 'commit')?.branch
  if (name === undefined) return null
  const delivered = factsOf(facts, 'delivered').some(({ branch }) => branch === name)
  return { name, delivered, directory: directoryOf(one(facts, 'place')) }
}

/** What a URL names is elsewhere: there the branch is in our mirror. */
function directoryOf(place: FactOf<'place'> | undefined): string {
  if (place === undefined) return '.'
  return place.origin.startsWith('/') ? place.origin : place.mirror
}
