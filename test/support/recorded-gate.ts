import type { Account } from '#domain/account.ts'
import type { DeployFacts } from '#domain/deploy-facts.ts'
import type { GateRecord } from '#domain/gate-record.ts'
import { type Decision, gateRules } from '#domain/gate.ts'
import type { Restraint } from '#domain/restraint.ts'
import { replay } from '#policy/replay.ts'

import { repairedAndDeployed } from './recorded-account.ts'

export const at = (time: string) => new Date(`2026-11-29T${time}:00Z`)
const maria = { id: 1, login: 'maria' }
export const bob = { id: 3, login: 'bob' }
const text = 'the rules of then'
export const planOf = (rules: object = {}) => ({ text, rules: gateRules.parse(rules) })

export const decision = (more: Partial<Decision> = {}): Decision => ({
  source: 'comment 1',
  verdict: 'approve',
  person: maria,
  sha: 'head',
  trees: ['t1'],
  plan: text,
  reason: null,
  emergency: false,
  at: at('10:00'),
  expiresAt: at('20:00'),
  voided: null,
  ...more,
})
export const restraint = (more: Partial<Restraint> = {}): Restraint => ({
  kind: 'lock',
  environment: 'production',
  isEverywhere: false,
  person: bob,
  reason: null,
  at: at('10:30'),
  ...more,
})
/** A gate that maria opened, as it is on record. */
export const record = (more: Partial<GateRecord> = {}): GateRecord => ({
  environment: 'production',
  sha: 'merge',
  asked: at('11:00'),
  used: { by: ['maria'], planDigest: 'd', auto: null },
  decisions: [decision()],
  plan: planOf(),
  inForce: [],
  frozenAt: null,
  ...more,
})

export function accountOf(fields: Partial<DeployFacts> = {}): Account {
  const runs = repairedAndDeployed.runs.flatMap((one) =>
    one.deploy === null
      ? []
      : [{ ...one, deploy: { ...one.deploy, what: { ...one.deploy.what, ...fields } } }],
  )
  return { taskId: null, runs }
}
export const gates = (of: GateRecord) => new Map(accountOf().runs.map(({ run }) => [run.id, of]))
/** What a replay says of such a gate. */
export const told = (of: GateRecord, facts: Partial<DeployFacts> = {}) =>
  replay(accountOf(facts), gates(of))
    .filter(({ what }) => what !== 'verdict' && what !== 'end')
    .map(({ what, before, today }) => `${what} ${before} → ${today ?? 'unknown'}`)
