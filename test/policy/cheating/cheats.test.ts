import { join } from 'node:path'

import { expect, test } from 'vitest'

import { cheatsIn } from '#policy/cheating/judge.ts'

import { changeCases } from '../../support/change-cases.ts'

const refused = changeCases(join(import.meta.dirname, 'fixtures/refused.txt'))
const spec = 'test/sum.test.ts'
const src = 'src/sum.ts'
const one = "test('adds', () => { expect(sum(1, 2)).toBe(3) })"

test('there are cheats to refuse', () => {
  expect(refused.length).toBeGreaterThan(150)
})

test.each(refused)('$title is refused as $rule', ({ rule, path, before, after }) => {
  const refusals = cheatsIn([{ path, before, after }], { snapshots: false })

  expect(refusals.map((refusal) => refusal.rule)).toContain(rule)
})

test('a test moved to where no runner looks is a deleted test', () => {
  const refusals = cheatsIn(
    [
      { path: spec, before: one, after: null },
      { path: 'test/sum.ts', before: null, after: one },
    ],
    { snapshots: false },
  )

  expect(refusals).toContainEqual({
    rule: 'test-deleted',
    file: spec,
    line: 1,
    what: 'The test "adds" is gone.',
  })
})

test('a refusal names the file, the line and what was done', () => {
  const refusals = cheatsIn([{ path: src, before: 'f(a)\nf(b)\n', after: 'f(a)\nf(b as any)\n' }], {
    snapshots: false,
  })

  expect(refusals).toEqual([
    { rule: 'type-hole-added', file: src, line: 2, what: 'It adds `any`, which hides a type.' },
  ])
})

test('text that could not be parsed before hides no cheat', () => {
  const refusals = cheatsIn(
    [{ path: src, before: 'const a: any = (\n', after: 'const a: any = (\n1)\nf(a as never)\n' }],
    { snapshots: false },
  )

  expect(refusals.map(({ line }) => line)).toEqual([3])
})
