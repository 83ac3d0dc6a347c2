import { expect, test } from 'vitest'

import type { Account } from '#domain/account.ts'
import { type AutoSeen, theRule } from '#domain/auto-approval.ts'
import type { DeployFacts } from '#domain/deploy-facts.ts'
import type { GateRecord } from '#domain/gate-record.ts'
import { type Decision, gateRules } from '#domain/gate.ts'
import type { Restraint } from '#domain/restraint.ts'
import { replayText } from '#messages/replay.ts'
import { replay } from '#policy/replay.ts'

import { repairedAndDeployed } from '../support/recorded-account.ts'

const at = (time: string) => new Date(`2026-11-29T${time}:00Z`)
const maria = { id: 1, login: 'maria' }
const bob = { id: 3, login: 'bob' }
const text = 'the rules of then'
const planOf = (rules: object = {}) => ({ text, rules: gateRules.parse(rules) })

const decision = (more: Partial<Decision> = {}): Decision => ({
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
const restraint = (more: Partial<Restraint> = {}): Restraint => ({
  kind: 'lock',
  environment: 'production',
  isEverywhere: false,
  person: bob,
  reason: null,
  at: at('10:30'),
  ...more,
})
const seen = (more: Partial<AutoSeen> = {}): AutoSeen => ({
  since: 'live',
  files: ['docs/a.md'],
  lines: 2,
  work: 'docs',
  risk: { level: 'safe', marks: [] },
  rollback: 'safe',
  ...more,
})
const byRule = (auto: AutoSeen | null) =>
  record({
    used: { by: [theRule.login], planDigest: 'd', auto },
    decisions: [decision({ person: theRule })],
    plan: planOf({ 'auto-approve': { paths: ['docs/**', 'src/**'] } }),
  })
const record = (more: Partial<GateRecord> = {}): GateRecord => ({
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

function accountOf(fields: Partial<DeployFacts> = {}): Account {
  const runs = repairedAndDeployed.runs.flatMap((one) =>
    one.deploy === null
      ? []
      : [{ ...one, deploy: { ...one.deploy, what: { ...one.deploy.what, ...fields } } }],
  )
  return { taskId: null, runs }
}
const gates = (of: GateRecord) => new Map(accountOf().runs.map(({ run }) => [run.id, of]))
const told = (of: GateRecord, facts: Partial<DeployFacts> = {}) =>
  replay(accountOf(facts), gates(of))
    .filter(({ what }) => what !== 'verdict' && what !== 'end')
    .map(({ what, before, today }) => `${what} ${before} → ${today ?? 'unknown'}`)

const emergency = decision({ emergency: true, reason: 'it burns' })

const autoCases: readonly (readonly [string, AutoSeen | null, string])[] = [
  ['which saw what it would approve today', seen(), 'approves'],
  ['which saw what nobody wrote down', null, 'unknown'],
  ['whose words about paths were fewer', seen({ files: ['src/auth/token.ts'] }), 'risky'],
  [
    'which did not look at marks of diffs',
    seen({
      risk: {
        level: 'safe',
        marks: [{ class: 'environment', path: 'docs/a.md', line: 1, by: 'diff' }],
      },
    }),
    'risky',
  ],
  ['which let more lines through', seen({ lines: 51 }), 'too-many-lines'],
  ['which named fewer paths', seen({ files: ['docs/a.md', 'lib/a.md'] }), 'other-paths'],
  ['which did not ask for a way back', seen({ rollback: 'needs-human' }), 'no-way-back'],
]

test.each<[string, GateRecord, readonly string[]]>([
  ['as it was', record(), ['approval maria → maria', 'opening open → open']],
  [
    'with two of two',
    record({
      used: { by: ['maria', 'bob'], planDigest: 'd', auto: null },
      decisions: [decision(), decision({ person: bob })],
      plan: planOf({ approvals: 2 }),
    }),
    ['approval bob, maria → bob, maria', 'opening open → open'],
  ],
  [
    'with one of two, as an older rule let it',
    record({ plan: planOf({ approvals: 2 }) }),
    ['approval maria → pending', 'opening open → open'],
  ],
  [
    'with a rejection after it',
    record({
      decisions: [decision(), decision({ verdict: 'reject', person: bob, at: at('10:20') })],
    }),
    ['approval maria → rejected', 'opening open → open'],
  ],
  [
    'with somebody whose word did not count then, for a role that nobody wrote down',
    record({ decisions: [decision(), decision({ person: bob })] }),
    ['approval maria → maria', 'opening open → open'],
  ],
  [
    'after its end',
    record({ asked: at('20:01') }),
    ['approval maria → pending', 'opening open → open'],
  ],
  [
    'before a freeze of people',
    record({ frozenAt: at('10:30') }),
    ['approval maria → pending', 'opening open → open'],
  ],
  [
    'under a lock',
    record({ inForce: [restraint()] }),
    ['approval maria → maria', 'opening open → locked'],
  ],
  [
    'under a lock of another environment',
    record({ inForce: [restraint({ environment: 'staging' })] }),
    ['approval maria → maria', 'opening open → open'],
  ],
  [
    'in a freeze of the rules',
    record({ plan: planOf({ freezes: [{ from: '2026-11-29', to: '2026-11-30' }] }) }),
    ['approval maria → maria', 'opening open → freeze-window'],
  ],
  [
    'in an emergency during a freeze',
    record({ decisions: [emergency], inForce: [restraint({ kind: 'freeze', environment: null })] }),
    ['approval maria → maria', 'opening open → open'],
  ],
  [
    'while all of some installation was paused',
    record({ inForce: [restraint({ kind: 'pause', environment: null, isEverywhere: true })] }),
    ['approval maria → maria', 'opening open → unknown'],
  ],
  [
    'under rules that nobody wrote down',
    record({ plan: null }),
    ['approval maria → unknown', 'opening open → unknown'],
  ],
  [
    'with words about another commit that somebody edited',
    record({ decisions: [decision(), decision({ sha: 'other', voided: 'edited' })] }),
    ['approval maria → unknown', 'opening open → unknown'],
  ],
  ...autoCases.map(([how, auto, today]): [string, GateRecord, readonly string[]] => [
    `by the rule for small changes, ${how}`,
    byRule(auto),
    [
      'approval the rule auto-approve → the rule auto-approve',
      'opening open → open',
      `auto-approval approves → ${today}`,
    ],
  ]),
])('a gate that opened %s', (_how, of, lines) => {
  expect(told(of)).toEqual(lines)
})

const closed = { state: 'refused', reason: 'gate-closed' } as const

test.each<[string, Partial<GateRecord>, Partial<DeployFacts>, readonly string[]]>([
  ['nobody approved', { decisions: [] }, closed, ['approval closed → closed']],
  ['it was locked', { inForce: [restraint()] }, closed, ['approval closed → closed']],
  ['something that is not on record was in the way', {}, closed, ['approval closed → unknown']],
  [
    'nobody wrote down what opened it',
    {},
    { state: 'verified' },
    ['approval not on record → unknown'],
  ],
  ['it was not asked', {}, { state: 'refused', reason: 'turn-lost' }, []],
])('a gate of a deploy where %s', (...[, of, facts, lines]) => {
  expect(told(record({ used: null, plan: null, ...of }), facts)).toEqual(lines)
})

test('what differs is told in words, and what nobody wrote down is called so', () => {
  const text = replayText(
    replay(accountOf(), gates(record({ inForce: [restraint()], plan: planOf() }))),
  )
  expect(text).toContain('locks, freezes and hours of production: open; today locked')
  const unknown = replayText(replay(accountOf(), gates(record({ plan: null }))))
  expect(unknown).toContain('approval for production: maria; what it was decided from is not on')
})
