import { array, assert, constantFrom, integer, property, record } from 'fast-check'
import { describe, expect, test } from 'vitest'

import type { Decision } from '#domain/gate.ts'
import { standing, type Subject } from '#policy/gate.ts'

const minute = 60_000
const at = (minutes: number) => new Date(Date.UTC(2026, 10, 29) + minutes * minute)

const maria = { id: 1, login: 'maria' }
const bob = { id: 2, login: 'bob' }

let said = 0
const decision = (more: Partial<Decision> = {}): Decision => ({
  source: `comment ${(said += 1)}`,
  verdict: 'approve',
  person: maria,
  sha: 'a1',
  trees: ['t1'],
  plan: 'one of write',
  reason: null,
  emergency: false,
  at: at(10),
  expiresAt: at(100),
  voided: null,
  ...more,
})
const rejection = (more: Partial<Decision> = {}) =>
  decision({ verdict: 'reject', person: bob, reason: 'not now', ...more })

const subject = (more: Partial<Subject> = {}): Subject => ({
  sha: 'a1',
  tree: 't1',
  plan: 'one of write',
  now: at(50),
  notBefore: null,
  lost: new Set(),
  ...more,
})

const kind = (decisions: readonly Decision[], more: Partial<Subject> = {}, approvals = 1) =>
  standing(decisions, { approvals }, subject(more)).kind

describe('the gate', () => {
  test('is open until the approval ends', () => {
    expect(standing([decision()], { approvals: 1 }, subject())).toEqual({
      kind: 'approved',
      by: [maria],
      until: at(100),
      since: at(10),
      emergency: null,
    })
  })

  test('is open for as long as enough of them are good', () => {
    const both = [decision({ expiresAt: at(60) }), decision({ person: bob, expiresAt: at(90) })]
    expect(standing(both, { approvals: 2 }, subject())).toMatchObject({ until: at(60) })
    expect(standing(both, { approvals: 1 }, subject())).toMatchObject({ until: at(90) })
  })

  test.each<[string, string, readonly Decision[], Partial<Subject>, number]>([
    ['pending', 'nobody said anything', [], {}, 1],
    ['pending', 'one of two approved', [decision()], {}, 2],
    ['pending', 'a freeze began when it was approved', [decision()], { notBefore: at(10) }, 1],
    ['approved', 'it was approved after a freeze began', [decision()], { notBefore: at(9) }, 1],
    ['pending', 'one person approved twice where two are needed', [decision(), decision()], {}, 2],
    ['approved', 'two of two approved', [decision(), decision({ person: bob })], {}, 2],
    ['pending', 'the approval is over', [decision()], { now: at(100) }, 1],
    ['pending', 'it was for another commit', [decision()], { sha: 'b2', tree: 't2' }, 1],
    ['approved', 'another commit has the same files', [decision()], { sha: 'b2' }, 1],
    [
      'approved',
      'the merge is the one that was approved',
      [decision({ trees: ['t1', 'm1'] })],
      { sha: 'b2', tree: 'm1' },
      1,
    ],
    ['pending', 'it was given under other rules', [decision()], { plan: 'two of admin' }, 1],
    ['pending', 'who approved may not any more', [decision()], { lost: new Set([1]) }, 1],
    [
      'approved',
      'another than who lost access approved too',
      [decision(), decision({ person: bob })],
      { lost: new Set([1]) },
      1,
    ],
    [
      'pending',
      'it was superseded, and the old commit came back',
      [decision({ voided: 'superseded' })],
      {},
      1,
    ],
    ['pending', 'its comment was deleted', [decision({ voided: 'deleted' })], {}, 1],
    ['pending', 'its review was dismissed', [decision({ voided: 'dismissed' })], {}, 1],
    ['tampered', 'somebody else edited its comment', [decision({ voided: 'edited' })], {}, 1],
    [
      'approved',
      'somebody approved after the tampering',
      [decision({ voided: 'edited' }), decision({ at: at(11) })],
      {},
      1,
    ],
    ['rejected', 'somebody rejected it', [rejection()], {}, 1],
    [
      'rejected',
      'it was rejected after it was approved',
      [decision(), rejection({ at: at(20) })],
      {},
      1,
    ],
    ['rejected', 'both came in the same moment', [decision(), rejection()], {}, 1],
    [
      'approved',
      'it was approved after it was rejected',
      [rejection(), decision({ at: at(20) })],
      {},
      1,
    ],
    [
      'rejected',
      'an older approval is told of after the rejection',
      [rejection({ at: at(20) }), decision()],
      {},
      1,
    ],
    [
      'rejected',
      'rules or time went on after it was rejected',
      [rejection()],
      { plan: 'x', now: at(500) },
      1,
    ],
    ['pending', 'another commit was rejected', [rejection()], { sha: 'b2', tree: 't2' }, 1],
    [
      'pending',
      'one of two approved after it was rejected',
      [rejection(), decision({ at: at(20) })],
      {},
      2,
    ],
    ['pending', 'the rejection was deleted', [rejection({ voided: 'deleted' })], {}, 1],
  ])('is %s where %s', (expected, _why, ...of) => {
    expect(kind(...of)).toBe(expected)
  })

  test('opens never but by enough living approvals of the very files after the last word against it', () => {
    const any = record({
      verdict: constantFrom('approve' as const, 'approve' as const, 'reject' as const),
      person: integer({ min: 1, max: 3 }).map((id) => ({ id, login: `p${id}` })),
      sha: constantFrom('a1', 'b2'),
      trees: constantFrom(['t1'], ['t2'], ['t1', 't2']),
      plan: constantFrom('one of write', 'other'),
      at: integer({ min: 0, max: 60 }).map(at),
      expiresAt: integer({ min: 30, max: 90 }).map(at),
      voided: constantFrom(null, null, null, 'superseded' as const, 'edited' as const),
    })
    const lost = new Set([3])
    assert(
      property(array(any, { maxLength: 8 }), integer({ min: 1, max: 3 }), (some, approvals) => {
        const decisions = some.map((one) => decision(one))
        const found = standing(decisions, { approvals }, subject({ lost }))
        if (found.kind !== 'approved') return
        const here = decisions.filter(({ sha, trees }) => sha === 'a1' || trees.includes('t1'))
        const against = here
          .filter((one) => one.voided === 'edited' || (one.verdict === 'reject' && !one.voided))
          .filter((one) => one.verdict === 'approve' || one.voided === null)
        const last = Math.max(-Infinity, ...against.map((one) => one.at.getTime()))
        for (const person of found.by)
          expect(
            here.some(
              (one) =>
                one.person.id === person.id &&
                person.id !== 3 &&
                one.verdict === 'approve' &&
                one.voided === null &&
                one.plan === 'one of write' &&
                one.expiresAt > at(50) &&
                one.at.getTime() > last,
            ),
          ).toBe(true)
        expect(new Set(found.by.map(({ id }) => id)).size).toBeGreaterThanOrEqual(approvals)
      }),
      { numRuns: 10_000 },
    )
  })
})
