import { type AutoAnswer, theRule } from '#domain/auto-approval.ts'
import type { DeployFacts } from '#domain/deploy-facts.ts'
import type { GateRecord } from '#domain/gate-record.ts'
import type { Decision, Standing } from '#domain/gate.ts'
import type { Replayed } from '#domain/replay.ts'

import { judgeAgain } from './auto-approval.ts'
import { standing } from './gate.ts'
import { closedAt, lastFreeze } from './opening.ts'
import { heldUp } from './restraint.ts'

type Said = Pick<Replayed, 'what' | 'before' | 'today'>

/** What today's rules say of a gate as it was: who opened it, and what held it up. */
export function replayGate(record: GateRecord, { state, reason }: DeployFacts): readonly Said[] {
  const { used } = record
  if (used !== null) {
    const found = standingToday(record)
    return [
      { what: 'approval', before: names(used.by), today: found && wordsOf(found) },
      { what: 'opening', before: 'open', today: found && openToday(record, isEmergency(found)) },
      ...byTheRule(record),
    ]
  }
  if (state !== 'refused') return [{ what: 'approval', before: 'not on record', today: null }]
  return reason === 'gate-closed'
    ? [{ what: 'approval', before: 'closed', today: isClosedWhatever(record) ? 'closed' : null }]
    : []
}

/** Roles and files are not on record: who counted then had the role, and what was not superseded was about these files. */
function standingToday(record: GateRecord): Standing | null {
  const { plan, decisions, frozenAt, asked } = record
  if (plan === null || !isKnown(record)) return null
  return standing(decisions.map(about(record)), plan.rules, {
    ...subjectOf(record, plan.text),
    notBefore: later(frozenAt, lastFreeze(plan.rules.freezes, asked)),
    lost: lostOf(record),
  })
}

function wordsOf(found: Standing): string {
  return found.kind === 'approved' ? names(found.by.map(({ login }) => login)) : found.kind
}

/** A pause of everything is known by its installation, which is not on record with a deploy. */
function openToday(
  { plan, inForce, environment, asked }: GateRecord,
  urgent: boolean,
): string | null {
  if (plan === null || inForce.some(({ isEverywhere }) => isEverywhere)) return null
  const outside = urgent ? null : closedAt(plan.rules, asked)
  return heldUp(inForce, environment, urgent) ?? outside ?? 'open'
}

/** By what it looked at, where that was written down. */
function byTheRule({ used, plan }: GateRecord): readonly Said[] {
  if (used?.by.includes(theRule.login) !== true) return []
  const rule = plan?.rules['auto-approve'] ?? null
  const answer = rule === null || used.auto === null ? null : judgeAgain(rule, used.auto)
  return [{ what: 'auto-approval', before: 'approves', today: answer && answerIn(answer) }]
}

function answerIn(answer: AutoAnswer): string {
  return answer.kind === 'approves' ? answer.kind : answer.because
}

/** Closed by what is on record alone, whatever roles, labels and rules were: one approval is needed by all rules. */
function isClosedWhatever(record: GateRecord): boolean {
  const mayBeOpen = standing(
    record.decisions.map((one) => ({ ...about(record)(one), plan: '' })),
    { approvals: 1 },
    { ...subjectOf(record, ''), notBefore: null, lost: new Set() },
  )
  const here = record.inForce.filter(({ isEverywhere }) => !isEverywhere)
  const held = heldUp(here, record.environment, isEmergency(mayBeOpen))
  return mayBeOpen.kind !== 'approved' || held !== null
}

function isEmergency(found: Standing): boolean {
  return found.kind === 'approved' && found.emergency !== null
}

function subjectOf({ sha, asked }: GateRecord, plan: string) {
  return { sha, tree: '', plan, now: asked }
}

/** What was not superseded when it was asked was about these very files. */
function about({ sha }: GateRecord): (one: Decision) => Decision {
  return (one) => (one.voided === null ? { ...one, sha } : one)
}

/** Whether words that somebody else edited were about these files nobody wrote down, where they named another commit. */
function isKnown({ decisions, sha }: GateRecord): boolean {
  return decisions.every((one) => one.voided !== 'edited' || one.sha === sha)
}

function lostOf({ decisions, used }: GateRecord): ReadonlySet<number> {
  const lost = decisions.filter(({ person }) => used?.by.includes(person.login) !== true)
  return new Set(lost.map(({ person }) => person.id))
}

function later(one: Date | null, other: Date | null): Date | null {
  return (one ?? 0) > (other ?? 0) ? one : other
}

function names(logins: readonly string[]): string {
  return logins.toSorted().join(', ')
}
