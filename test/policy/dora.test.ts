import { expect, test } from 'vitest'

import type { Delivery } from '#domain/delivery.ts'
import { doraText } from '#messages/dora.ts'
import { doraOf } from '#policy/dora.ts'
import { objectivesOf } from '#policy/objectives.ts'

const minute = 60_000
const at = (minutes: number) => new Date(Date.UTC(2026, 10, 29) + minutes * minute)

/** A deploy that begins at so many minutes, is live two minutes later, and is judged after six more. */
function delivery(minutes: number, fields: Partial<Delivery> = {}): Delivery {
  return {
    runId: `run_${minutes}`,
    repository: 11,
    environment: 'production',
    state: 'verified',
    enteredAt: at(minutes),
    committedAt: at(minutes - 60),
    beganAt: at(minutes),
    liveAt: at(minutes + 2),
    decidedAt: at(minutes + 8),
    restoredAt: null,
    closedAt: null,
    before: { errors: 10, requests: 1000 },
    after: { errors: 10, requests: 1000 },
    ...fields,
  }
}
const bad = (minutes: number, fields: Partial<Delivery> = {}) =>
  delivery(minutes, { state: 'rolled-back', restoredAt: at(minutes + 9), ...fields })

test('the five measures are counted from what went live', () => {
  const all = [
    delivery(0),
    bad(10),
    delivery(30),
    delivery(50, { state: 'not-deployed', liveAt: null }),
    delivery(60, { environment: 'staging', committedAt: null }),
  ]
  expect(doraOf(all, 2)).toEqual({
    days: 2,
    deployments: 4,
    leadTime: { n: 3, medianMs: 62 * minute },
    changeFail: { some: 1, of: 4 },
    recovery: { n: 1, medianMs: 7 * minute },
    rework: { some: 2, of: 5 },
  })
})

test('what could not be brought back is well again with the next good one of the same place', () => {
  const lost = bad(10, { state: 'rollback-failed', restoredAt: null })
  const elsewhere = delivery(20, { environment: 'staging' })
  const unsure = delivery(25, { state: 'unverified' })
  const { recovery, rework } = doraOf([lost, elsewhere, unsure, delivery(30)], 1)
  expect(recovery).toEqual({ n: 1, medianMs: 20 * minute })
  expect(rework).toEqual({ some: 1, of: 4 })
  expect(doraOf([lost, elsewhere], 1).recovery).toEqual({ n: 0, medianMs: null })
})

test.each<[string, readonly Delivery[], number | null]>([
  ['when its incident is closed', [lostUntil(20)], 8],
  ['with a good one that came before that', [lostUntil(40), delivery(20)], 10],
  ['when its incident is closed before the next good one', [lostUntil(15), delivery(20)], 3],
  ['by us, whenever its incident is closed', [bad(10, { closedAt: at(90) })], 7],
  ['for nobody as long as its incident is open', [lostUntil(null)], null],
])('what could not be brought back is well again %s', (_when, all, minutes) => {
  const { medianMs } = doraOf(all, 1).recovery
  expect(medianMs === null ? null : medianMs / minute).toBe(minutes)
})

function lostUntil(minutes: number | null): Delivery {
  const closedAt = minutes === null ? null : at(minutes)
  return bad(10, { state: 'rollback-failed', restoredAt: null, closedAt })
}

const many = (count: number, one: Delivery) => Array<Delivery>(count).fill(one)

test.each<[string, readonly Delivery[], string]>([
  ['nine good ones are too few', many(9, delivery(0)), 'too-few too-few too-few too-few'],
  ['ten good ones meet all', many(10, delivery(0)), 'met met met met'],
  ['20 of 21 meet them', [...many(20, delivery(0)), bad(9)], 'met met met met'],
  ['19 of 20 are not more than 95 %', [...many(19, delivery(0)), bad(9)], 'missed missed met met'],
  ['18 of 20 miss', [...many(18, delivery(0)), bad(9), bad(9)], 'missed missed met met'],
  ['17 of 20 are an alert', [...many(17, delivery(0)), ...many(3, bad(9))], 'alert alert met met'],
  [
    'four minutes miss, and are no alert',
    many(10, delivery(0, { liveAt: at(4) })),
    'met met missed met',
  ],
  ['more than five minutes are', many(10, delivery(0, { liveAt: at(5.1) })), 'met met alert met'],
  [
    'errors up by half are not, by more they are',
    [
      ...many(9, delivery(0, { after: { errors: 15, requests: 1000 } })),
      delivery(0, { after: { errors: 16, requests: 1000 } }),
    ],
    'met met met alert',
  ],
  [
    'a zero baseline says nothing',
    many(10, delivery(0, { before: { errors: 0, requests: 9 } })),
    'met met met too-few',
  ],
  [
    'refused ones do not count',
    [...many(10, delivery(0)), ...many(9, delivery(0, { state: 'refused', liveAt: null }))],
    'met met met met',
  ],
  [
    'one that did not build is no success and no rollback',
    [...many(9, delivery(0)), delivery(0, { state: 'not-deployed', liveAt: null })],
    'missed too-few too-few too-few',
  ],
])('of the objectives (S2-40, S2-41): %s', (_what, all, states) => {
  expect(
    objectivesOf(all)
      .map(({ state }) => state)
      .join(' '),
  ).toBe(states)
})

test('it is told with the numbers it was counted from', () => {
  const all = [...many(17, delivery(0)), ...many(3, bad(9))]
  const text = doraText(doraOf(all, 30), objectivesOf(all))
  expect(text).toContain('20 (0.67 a day)')
  expect(text).toContain('15.0 % (3 of 20)')
  expect(text).toContain(
    '✗ Deployments that succeed: 85.0 % (n = 20; more than 95.0 %, alert beyond 90.0 %)',
  )
  expect(doraText(doraOf([], 30), objectivesOf([]))).toContain('not recorded (n = 0)')
})
