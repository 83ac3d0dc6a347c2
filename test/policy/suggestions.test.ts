import { array, assert, constantFrom, property } from 'fast-check'
import { describe, expect, test } from 'vitest'

import type { Suggestion } from '#domain/suggestion.ts'
import { suggestionsFor } from '#policy/suggestions.ts'

const path = 'a.ts'
const everything = [{ path, from: 1, to: 1000 }]

function suggested(before: string | null, after: string | null, shown = everything) {
  return suggestionsFor([{ path, before, after }], shown)
}

describe('a change is suggested', () => {
  test.each([
    ['on the line that changes', 'a\nb\nc\n', 'a\nx\nc\n', [{ from: 2, to: 2, text: ['x'] }]],
    ['on all lines of a place', 'a\nb\nc\n', 'x\nc\n', [{ from: 1, to: 2, text: ['x'] }]],
    ['as nothing where lines go', 'a\nb\nc\n', 'a\nc\n', [{ from: 2, to: 2, text: [] }]],
    [
      'with the line above what comes in',
      'a\nb\n',
      'a\nx\nb\n',
      [{ from: 1, to: 1, text: ['a', 'x'] }],
    ],
    [
      'with the line below at the top',
      'a\nb\n',
      'x\na\nb\n',
      [{ from: 1, to: 1, text: ['x', 'a'] }],
    ],
    ['below the last line', 'a\nb\n', 'a\nb\nx\n', [{ from: 2, to: 2, text: ['b', 'x'] }]],
    [
      'in each place by itself',
      'a\nb\nc\nd\n',
      'x\nb\nc\ny\n',
      [
        { from: 1, to: 1, text: ['x'] },
        { from: 4, to: 4, text: ['y'] },
      ],
    ],
  ])('%s', (...[, before, after, places]) => {
    expect(suggested(before, after)).toEqual(places.map((place) => ({ path, ...place })))
  })
})

describe('a change is not suggested', () => {
  test.each([
    ['of a new file', null, 'a\n'],
    ['that takes a file away', 'a\n', null],
    ['at the end of a file without a last line break', 'a', 'a\n'],
    ['of how lines end', 'a\r\nb\r\n', 'a\nb\n'],
    ['that changes nothing', 'a\n', 'a\n'],
    ['on one line twice', 'a\nb\n', 'x\na\ny\nb\n'],
    ['of an empty file', '', 'a\n'],
    ['of too many places', 'a\nb\n'.repeat(30), 'x\nb\n'.repeat(30)],
  ])('%s', (_which, before, after) => {
    expect(suggested(before, after)).toBeNull()
  })

  test.each([
    ['on lines that are not shown', [{ path, from: 1, to: 3 }]],
    ['over the end of what is shown', [{ path, from: 1, to: 4 }]],
    ['on lines of another file', [{ path: 'b.ts', from: 1, to: 9 }]],
  ])('%s', (_where, shown) => {
    expect(suggested('a\nb\nc\nd\ne\n', 'a\nb\nc\nx\ny\n', shown)).toBeNull()
  })
})

test('whoever takes all suggestions has the fix', () => {
  const text = array(constantFrom('a', 'b', 'c', ''), { minLength: 1, maxLength: 8 }).map(
    (lines) => `${lines.join('\n')}\n`,
  )
  assert(
    property(text, text, (before, after) => {
      const all = suggested(before, after)
      return all === null || taken(before, all) === after
    }),
    { numRuns: 2000 },
  )
})

function taken(before: string, all: readonly Suggestion[]): string {
  const lines = before.split('\n')
  for (const { from, to, text } of all.toReversed()) lines.splice(from - 1, to - from + 1, ...text)
  return lines.join('\n')
}
