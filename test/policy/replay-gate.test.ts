import { expect, test } from 'vitest'

import type { DeployFacts } from '#domain/deploy-facts.ts'
import type { GateRecord } from '#domain/gate-record.ts'
import { replayText } from '#messages/replay.ts'
import { replay } from '#policy/replay.ts'

import {
  accountOf,
  at,
  bob,
  decision,
  gates,
  planOf,
  record,
  restraint,
  told,
} from '../support/recorded-gate.ts'

const emergency = decision({ emergency: true, reason: 'it burns' })

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
