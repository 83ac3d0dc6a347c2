import { expect, test } from 'vitest'

import { branchTitle, leftDetail, repairTitle } from '#messages/fix-notes.ts'

import { found } from '../support/observed.ts'

test('what is left names three findings and counts the others', () => {
  const left = [1, 2, 3, 4, 5].map((line) => found({ file: 'a.ts', line, message: `m${line}` }))
  expect(leftDetail(left, false)).toBe('a.ts:1 m1; a.ts:2 m2; a.ts:3 m3; and 2 more')
})

test('what has no place is told without one', () => {
  const left = [
    found({ file: null, line: null, message: 'a' }),
    found({ line: null, message: 'b' }),
  ]
  expect(leftDetail(left, false)).toBe(`a; ${left[1]?.file} b`)
})

test.each([
  [false, true],
  [true, false],
])('a stale snapshot with snapshots allowed %s is told how to be allowed: %s', (allowed, told) => {
  const left = [found({ rule: 'snapshot', message: 'mismatched' })]
  expect(leftDetail(left, allowed).includes('snapshots: true')).toBe(told)
})

test('a branch of one repair is named after its check, of several after their number', () => {
  expect(branchTitle([{ check: 'lint' }])).toBe('lint')
  expect(branchTitle([{ check: 'lint' }, { check: 'types' }])).toBe('2 red checks')
})

test('a commit of one fix says it, of several says which check is green again', () => {
  const after = { end: { kind: 'exited', exitCode: 0 } } as const
  const one = { check: 'types', descriptions: ['Imported `a` in b.ts'], after }
  const two = { ...one, descriptions: ['Imported a', 'Awaited b'] }
  expect(repairTitle(one)).toBe('imported `a` in b.ts')
  expect(repairTitle(two)).toBe('make types green again')
})

test('a commit never calls a check green that is red for what was there before', () => {
  const after = { end: { kind: 'exited', exitCode: 1 } } as const
  const two = { check: 'npm test', descriptions: ['Imported a', 'Awaited b'], after }
  expect(repairTitle(two)).toBe('take away what was new in npm test')
})
