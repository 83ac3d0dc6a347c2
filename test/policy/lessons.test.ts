import { describe, expect, test } from 'vitest'

import { kindsOf, standingOf, wilson } from '#policy/lessons.ts'

import { findingOf } from '../support/fix-world.ts'

describe('the interval of Wilson', () => {
  test.each([
    // Newcombe 1998, table I, and the rule of three.
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
    [0, 0, 0, 1],
  ])('for %d of %d is from %d to %d', (...[kept, tried, lower, upper]) => {
    const interval = wilson(kept, tried)
    expect(interval.lower).toBeCloseTo(lower, 3)
    expect(interval.upper).toBeCloseTo(upper, 3)
  })
})

test.each([
  [0, 0, false],
  [0, 8, false],
  [0, 9, true],
  [1, 14, false],
  [1, 15, true],
  [9, 9, false],
])('%d kept of %d: hopeless is %s', (kept, tried, isHopeless) => {
  const tallies = [{ kind: 'vitest/-', strategy: 'coder/one', kept, tried }]
  expect(standingOf(tallies, 'coder/one', ['vitest/-']).isHopeless).toBe(isHopeless)
})

test('lessons of other strategies and of other kinds of failures do not count', () => {
  const lesson = { kind: 'vitest/-', strategy: 'coder/one', kept: 0, tried: 20 }
  const others = [
    { ...lesson, kind: 'eslint/no-var' },
    { ...lesson, strategy: 'types/import' },
  ]
  expect(standingOf(others, 'coder/one', ['vitest/-'])).toMatchObject({ tried: 0 })
})

test('a kind of failure is its tool and its rule, each once', () => {
  const one = findingOf('vitest', 'a.test.ts', 'expected 1 to be 2')
  const rule = { ...findingOf('eslint', 'a.ts', 'Unexpected var'), rule: 'no-var' }
  expect(kindsOf([one, rule, { ...one, message: 'expected 3 to be 4' }])).toEqual([
    'eslint/no-var',
    'vitest/-',
  ])
})
