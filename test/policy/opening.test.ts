import { describe, expect, test } from 'vitest'

import { gateRules, type GateRules } from '#domain/gate.ts'
import { closedAt, lastFreeze } from '#policy/opening.ts'

const rules = (more: unknown): GateRules => gateRules.parse(more)
const berlin = { hours: { from: '09:00', to: '16:00', zone: 'Europe/Berlin' } }
const night = { hours: { days: ['fri'], from: '22:00', to: '02:00' } }
const sale = { freezes: [{ from: '2026-11-27', to: '2026-12-01T08:00:00+01:00' }] }

describe('deploys', () => {
  test.each([
    ['at any time where nothing is said', {}, '2026-11-29T03:00:00Z', null],
    ['on a Monday at nine in Berlin', berlin, '2026-11-30T08:00:00Z', null],
    ['in the last minute', berlin, '2026-11-30T15:00:30Z', null],
    ['not before nine in Berlin', berlin, '2026-11-30T07:59:59Z', 'outside-hours'],
    ['an hour earlier in summer', berlin, '2026-07-06T07:00:00Z', null],
    ['not after four', berlin, '2026-11-30T15:01:00Z', 'outside-hours'],
    ['not on a Sunday', berlin, '2026-11-29T10:00:00Z', 'outside-hours'],
    ['on a Friday night', night, '2026-11-27T23:00:00Z', null],
    ['after that midnight', night, '2026-11-28T01:59:00Z', null],
    ['not in the night before', night, '2026-11-27T01:00:00Z', 'outside-hours'],
    ['not from the first day of a freeze', sale, '2026-11-27T00:00:00Z', 'freeze-window'],
    ['before a freeze', sale, '2026-11-26T23:59:59Z', null],
    ['when the freeze is over', sale, '2026-12-01T07:00:00Z', null],
    ['not a second before', sale, '2026-12-01T06:59:59Z', 'freeze-window'],
  ])('begin %s', (...[, more, now, expected]) => {
    expect(closedAt(rules(more), new Date(now))).toBe(expected)
  })

  test.each([
    [sale, '2026-11-26T00:00:00Z', null],
    [sale, '2026-12-24T00:00:00Z', '2026-11-27T00:00:00.000Z'],
  ])('know when the last freeze began', (more, now, expected) => {
    expect(lastFreeze(rules(more).freezes, new Date(now))?.toISOString() ?? null).toBe(expected)
  })

  test.each([{ zone: 'Europe/Nowhere' }, { from: '9:00' }, { days: [] }])(
    'do not begin at hours that nobody understands: %j',
    (hours) => {
      expect(gateRules.safeParse({ hours }).success).toBe(false)
    },
  )
})
