import { expect, test } from 'vitest'

import { figureOf, met, renderFigures } from '../../bench/measuring/goals.ts'

const ratio = { kind: 'ratio', atMost: 1.3 } as const

test('the ratio is the median of the pairs, so that one pair on a busy machine decides nothing', () => {
  const figure = figureOf({ what: 'fix', failure: 'types', goal: ratio }, [
    { byHandMs: 1000, oursMs: 1200 },
    { byHandMs: 5000, oursMs: 6000 },
    { byHandMs: 1000, oursMs: 9000 },
  ])

  expect(figure).toMatchObject({ ratio: 1.2, byHandMs: 1000, oursMs: 6000 })
  expect(met(figure)).toBe(true)
})

test.each([
  ['a ratio over its goal is missed', ratio, [{ byHandMs: 1000, oursMs: 1400 }], false],
  [
    'a time under its goal is met, whatever the ratio',
    { kind: 'milliseconds', atMost: 1200 } as const,
    [{ byHandMs: 100, oursMs: 1000 }],
    true,
  ],
  ['a figure without a goal is neither', null, [{ byHandMs: 1000, oursMs: 1400 }], null],
])('%s', (...[, goal, pairs, expected]) => {
  expect(met(figureOf({ what: 'fix', failure: 'types', goal }, pairs))).toBe(expected)
})

test('the table says what was measured against which goal', () => {
  const pairs = [{ byHandMs: 1000, oursMs: 1400 }]

  const table = renderFigures([figureOf({ what: 'warm', failure: 'types', goal: ratio }, pairs)])

  expect(table.split('\n')[1]).toMatch(/^warm +types +1\.00 s +1\.40 s +1\.40x +<= 1\.30x +missed$/)
})
