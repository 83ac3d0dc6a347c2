import { expect, test } from 'vitest'

import { nextOccurrence, occurrences } from '../src/recurrence.js'

test('a month end stays a month end', () => {
  const rule = { every: 'month', count: 1 } as const
  expect(occurrences('2026-01-31', rule, '2026-04-30')).toEqual([
    '2026-01-31',
    '2026-02-28',
    '2026-03-31',
    '2026-04-30',
  ])
})

test.each([
  [{ every: 'week', count: 2 } as const, '2026-03-01', '2026-03-12'],
  [{ every: 'year' } as const, '2026-03-01', '2027-01-01'],
])('the next occurrence of %j after %s is %s', (rule, from, next) => {
  expect(nextOccurrence('2026-01-01', rule, from)).toBe(next)
})
