import { expect, test } from 'vitest'

import type { Delivery } from '#domain/delivery.ts'
import type { MendingTask } from '#domain/effect.ts'
import { effectOf } from '#policy/effect.ts'

const minute = 60_000
const at = (minutes: number) => new Date(Date.UTC(2026, 10, 29) + minutes * minute)

const task = (minutes: number, fields: Partial<MendingTask> = {}): MendingTask => ({
  taskId: `task ${minutes}`,
  startedAt: at(0),
  endedAt: at(minutes),
  isMended: true,
  isTakenOver: false,
  isTakenBack: false,
  liveAt: null,
  ...fields,
})

const delivery = (fields: Partial<Delivery>): Delivery => ({
  runId: 'run_1',
  repository: 11,
  environment: 'production',
  state: 'verified',
  enteredAt: at(0),
  committedAt: null,
  beganAt: at(0),
  liveAt: at(2),
  decidedAt: at(8),
  restoredAt: null,
  closedAt: null,
  before: null,
  after: null,
  ...fields,
})

test('the effect of a month is counted from what ended in it (S2-48, S2-49)', () => {
  const tasks = [
    task(10),
    task(20, { liveAt: at(90) }),
    task(60, { isTakenBack: true, liveAt: at(70) }),
    task(30, { isMended: false }),
    task(40, { isTakenOver: true }),
  ]
  const deliveries = [
    delivery({}),
    delivery({ state: 'rolled-back' }),
    delivery({ state: 'unverified' }),
    delivery({ state: 'not-deployed', liveAt: null }),
  ]
  expect(effectOf(tasks, deliveries, 30)).toEqual({
    days: 30,
    verified: { is: 1, wanted: 50 },
    mended: { is: 3, wanted: 30 },
    tasks: 5,
    timeToFix: { n: 4, medianMs: 30 * minute },
    timeToLive: { n: 2, medianMs: 80 * minute },
    byPeople: 3,
    broken: { some: 1, of: 3 },
  })
})

test('what is wanted of fewer days is in proportion, and of nothing there is no time', () => {
  expect(effectOf([], [], 7)).toMatchObject({
    verified: { is: 0, wanted: 12 },
    mended: { is: 0, wanted: 7 },
    timeToFix: { n: 0, medianMs: null },
    broken: { some: 0, of: 0 },
  })
})
