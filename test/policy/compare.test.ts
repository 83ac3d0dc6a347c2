import { expect, test } from 'vitest'

import type { Evidence } from '#domain/evidence.ts'
import { compare, findingsOf, hidesTests, redBefore } from '#policy/compare.ts'

import { found, ran } from '../support/observed.ts'

const a = found({ message: 'a' })
const b = found({ message: 'b' })
const c = found({ message: 'c' })
const hidden = found({ file: 'a.ts', message: 'hidden' })
const nothing = { fixed: [], remaining: [], preExisting: [], newlyBroken: [], notRun: [] }

test.each([
  ['a finding that is gone was fixed', { base: [], before: [a], after: [] }, { fixed: [a] }],
  ['a finding that stays remains', { base: [], before: [a], after: [a] }, { remaining: [a] }],
  [
    'a finding of the base is pre-existing',
    { base: [a], before: [a], after: [a] },
    { preExisting: [a] },
  ],
  [
    'a finding nobody saw before is newly broken',
    { base: [], before: [a], after: [b] },
    { fixed: [a], newlyBroken: [b] },
  ],
  [
    'without a second look nothing is known',
    { base: [b], before: [a, b], after: null },
    { preExisting: [b], notRun: [a] },
  ],
  [
    'without a base every finding is a target',
    { base: null, before: [a], after: [] },
    { fixed: [a] },
  ],
  [
    'the same count can hide a new failure',
    { base: [c], before: [a, c], after: [b, c] },
    { fixed: [a], preExisting: [c], newlyBroken: [b] },
  ],
  [
    'two equal failures are two',
    { base: [], before: [a, a], after: [a] },
    { fixed: [a], remaining: [a] },
  ],
  [
    'what is left of equal failures is the pre-existing one',
    { base: [a], before: [a, a], after: [a] },
    { fixed: [a], preExisting: [a] },
  ],
  [
    'one more of an old failure is new',
    { base: [a], before: [a], after: [a, a] },
    { preExisting: [a], newlyBroken: [a] },
  ],
])('%s', (_title, given, expected) => {
  const comparison = compare(given)

  expect(comparison).toEqual({ ...nothing, ...expected })
})

test.each([
  ['what the head shows was red before, whatever was changed', 'a.ts', [a]],
  ['what the head hides was red before, where nobody changed the file', 'b.ts', [a, hidden]],
])('%s', (_title, path, expected) => {
  const hiding = { preExisting: [a], hidden: [hidden] }

  expect(redBefore(hiding, [{ path, content: '' }])).toEqual(expected)
})

test('a finding that moved to another line is the same finding', () => {
  const moved = { ...a, line: 40, column: 7 }

  expect(compare({ base: [], before: [a], after: [moved] })).toEqual({ ...nothing, remaining: [a] })
})

test('a red check without findings still counts as one', () => {
  const failed = findingsOf('build', ran(2))
  const stopped = findingsOf('build', ran(0, { end: { kind: 'stopped', by: 'time' } }))

  expect(failed).toEqual([
    found({
      tool: 'command',
      rule: null,
      file: null,
      line: null,
      column: null,
      subject: 'build',
      message: 'The command failed.',
    }),
  ])
  expect(stopped[0]?.message).toBe('The command was stopped by its time limit.')
})

test('a green check and a red one with findings keep what they have', () => {
  expect(findingsOf('build', ran(0))).toEqual([])
  expect(findingsOf('build', ran(2, { findings: [a] }))).toEqual([a])
})

test.each([
  ['no test where some ran before', [], ['no-tests'], true],
  ['no test where none ran before', ['no-tests'], ['no-tests'], false],
  ['tests as before', [], [], false],
])('%s: whether green by running nothing is seen', (_title, ...[before, after, expected]) => {
  expect(hidesTests(greenWith(before), greenWith(after))).toBe(expected)
})

function greenWith(rules: readonly string[]): Evidence {
  return ran(0, { findings: rules.map((rule) => found({ rule })) })
}
