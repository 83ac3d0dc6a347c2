import { theRule } from '#domain/auto-approval.ts'
import { autoEvidence } from '#messages/auto-approval.ts'
import { isClosed } from '#policy/gate.ts'

import { type At, type Gate, type GateParts, inTheWay, planOf } from './app-gate.ts'

/**
 * Writes the yes of the rules into the ledger, once for each commit, with what they saw. A rule never speaks after people
 * who closed the gate, and not while anything else is in the way.
 */
export async function applyRules(parts: GateParts, gate: Gate): Promise<void> {
  for (const [environment, rules] of gate.rules)
    if (rules['auto-approve'] !== null) await applyRule(parts, gate, { environment, rules })
}

async function applyRule(parts: GateParts, gate: Gate, at: At): Promise<void> {
  const { change, repository } = gate
  const { environment, rules } = at
  const now = parts.clock.now()
  const answer = (await parts.rule?.(gate, at)) ?? null
  if (answer?.kind !== 'approves' || inTheWay(gate, { ...at, emergency: null, now })) return
  const place = { repository: repository.id, pull: change.number, environment }
  if (isClosed(await parts.approvals.of(place), change)) return
  await parts.approvals.record(place, {
    source: `rule ${change.sha}`,
    verdict: 'approve',
    person: theRule,
    sha: change.sha,
    trees: [change.tree],
    plan: planOf(environment, rules),
    reason: autoEvidence(answer.seen, rules['auto-approve']?.paths ?? []),
    emergency: false,
    at: now,
    expiresAt: new Date(now.getTime() + rules['expires-hours'] * 3_600_000),
  })
}
