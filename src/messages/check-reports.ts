import { type Evidence, isGreen } from '#domain/evidence.ts'
import type { ProofEntry, Repair, SetAside } from '#domain/failure.ts'
import { type Finding, fingerprint } from '#domain/finding.ts'
import type { FixFact } from '#domain/fix-fact.ts'
import type { FailureReason } from '#domain/outcome.ts'
import type { CheckReport, CheckVerdict } from '#domain/report.ts'

import { type FactOf, factsOf, measurementOf } from './facts.ts'

/** What became of every check that was found, those that could not be run last. */
export function checkReports(facts: readonly FixFact[]): readonly CheckReport[] {
  const seen = factsOf(facts, 'check').map((check) => seenCheck(check, facts))
  const unreachable = factsOf(facts, 'unreachable').map(({ name, because }) => ({
    ...unseen(name),
    detail: because,
  }))
  const off = factsOf(facts, 'set-aside')
    .filter(({ setAside }) => setAside.reason === 'check-off')
    .map(({ setAside }) => switchedOff(setAside))
  return [...seen, ...besides(facts), ...off, ...unreachable]
}

/** Run on the fixed tree alone, because nobody asked about them. */
function besides(facts: readonly FixFact[]): readonly CheckReport[] {
  const seen = new Set(factsOf(facts, 'check').map(({ name }) => name))
  return factsOf(facts, 'proof')
    .filter(({ entry }) => !seen.has(entry.check))
    .map(({ entry: { check, verdict, before, after } }) => ({
      ...unseen(check),
      verdict: proved[verdict],
      before: before && measurementOf(before),
      after: measurementOf(after),
      findings: after.findings,
    }))
}

function seenCheck(check: FactOf<'check'>, facts: readonly FixFact[]): CheckReport {
  const { name, origin, evidence } = check
  const about = aboutCheck(name, facts)
  // Green on the head, it may be red with a test that shows a bug.
  const before = about.proof?.before ?? evidence
  const after = about.proof?.after ?? about.repair?.after ?? redLater(before, about)
  return {
    name,
    origin,
    verdict: verdictOf(check, about),
    ...reasonOf(about),
    before: measurementOf(before),
    after: after && measurementOf(after),
    findings: (after ?? before).findings,
    repaired: after === null ? [] : gone(before, after),
  }
}

/** A run of what was green at first that was red. */
function redLater(first: Evidence, { aside }: About): Evidence | null {
  const later = isGreen(first) ? (aside?.evidence ?? null) : null
  return later === null || isGreen(later) ? null : later
}

function gone(before: Evidence, after: Evidence): Finding[] {
  const left = new Set(after.findings.map(fingerprint))
  return before.findings.filter((finding) => !left.has(fingerprint(finding)))
}

interface About {
  readonly aside: SetAside | undefined
  readonly proof: ProofEntry | undefined
  readonly repair: Repair | undefined
}

function aboutCheck(name: string, facts: readonly FixFact[]): About {
  return {
    aside: factsOf(facts, 'set-aside')
      .map(({ setAside }) => setAside)
      .find(({ check }) => check === name),
    proof: factsOf(facts, 'proof')
      .map(({ entry }) => entry)
      .find(({ check }) => check === name),
    repair: factsOf(facts, 'repair')
      .map(({ repair }) => repair)
      .find(({ check }) => check === name),
  }
}

function reasonOf({ aside }: About): Pick<CheckReport, 'reason' | 'detail'> {
  return aside === undefined
    ? { reason: null, detail: '' }
    : { reason: aside.reason, detail: aside.detail }
}

function verdictOf({ evidence }: FactOf<'check'>, { aside, proof, repair }: About): CheckVerdict {
  if (proof !== undefined) return proved[proof.verdict]
  // What was green at first may have been red when it was run again.
  if (aside !== undefined) return verdicts[aside.reason] ?? 'red'
  if (isGreen(evidence)) return 'green'
  return repair === undefined ? 'red' : 'unproved'
}

function switchedOff({ check, reason, detail }: SetAside): CheckReport {
  return { ...unseen(check), verdict: 'off', reason, detail }
}

function unseen(name: string): CheckReport {
  return {
    name,
    origin: null,
    verdict: 'not-run',
    reason: null,
    detail: '',
    before: null,
    after: null,
    findings: [],
    repaired: [],
  }
}

const proved: Record<ProofEntry['verdict'], CheckVerdict> = {
  fixed: 'fixed',
  'still-green': 'green',
  green: 'green',
  'pre-existing': 'pre-existing',
  flaky: 'flaky',
}

const verdicts: Partial<Record<FailureReason, CheckVerdict>> = {
  'all-pre-existing': 'pre-existing',
  flaky: 'flaky',
  'sandbox-limit': 'not-run',
  'not-reproducible': 'not-run',
  'check-off': 'off',
}
