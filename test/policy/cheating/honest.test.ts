import { join } from 'node:path'

import { array, assert, constantFrom, property, shuffledSubarray } from 'fast-check'
import { expect, test } from 'vitest'

import type { Change } from '#domain/change.ts'
import { cheatsIn } from '#policy/cheating/judge.ts'

import { changeCases } from '../../support/change-cases.ts'

const accepted = changeCases(join(import.meta.dirname, 'fixtures/accepted.txt'))
const sources = accepted.filter(
  ({ path, before }) => path === 'src/sum.ts' && !before?.includes('= ('),
)
const spec = 'test/sum.test.ts'
const src = 'src/sum.ts'
const one = "test('adds', () => { expect(sum(1, 2)).toBe(3) })"
const two = `${one}\ntest('subtracts', () => { expect(sum(2, -1)).toBe(1) })`

test('there is honest work to accept', () => {
  expect(accepted.length).toBeGreaterThan(70)
})

test.each(accepted)('$title is accepted', ({ path, before, after }) => {
  expect(cheatsIn([{ path, before, after }], { snapshots: false })).toEqual([])
})

test('a test may move to another file', () => {
  const change: Change = [
    { path: spec, before: two, after: one },
    { path: 'test/minus.test.ts', before: null, after: two.split('\n')[1] ?? '' },
  ]

  expect(cheatsIn(change, { snapshots: false })).toEqual([])
})

test('code may move to another file with its faults', () => {
  const fault = '// @ts-ignore\nexport function f(a: any) { try { a() } catch {}\n return b! }'
  const change: Change = [
    { path: src, before: fault, after: "export { f } from './f.ts'" },
    { path: 'src/f.ts', before: null, after: fault },
  ]

  expect(cheatsIn(change, { snapshots: false })).toEqual([])
})

test('snapshots may be rewritten on their own rung only', () => {
  const before = "test('a', () => { expect(f()).toMatchInlineSnapshot(`a`) })"
  const after = before.replace('`a`', '`b`')
  const change: Change = [
    { path: spec, before, after },
    { path: 'test/__snapshots__/a.test.ts.snap', before: 'a', after: 'b' },
  ]

  expect(cheatsIn(change, { snapshots: true })).toEqual([])
  expect(cheatsIn(change, { snapshots: false }).map(({ rule }) => rule)).toEqual([
    'snapshot-edited',
    'expectation-changed',
  ])
})

test('what is only laid out anew is never refused, whatever it contains', () => {
  const lines = sources.flatMap(({ before }) => before ?? [])
  assert(
    property(array(constantFrom(...lines), { maxLength: 5 }), (chosen) => {
      const before = chosen
        .map((line, i) => `async function f${i}() { { ${strip(line)} } }`)
        .join('\n')
      const after = before.replaceAll(/([{}])/g, '\n$1\n').replaceAll(/; /g, ';\n\n')

      expect(cheatsIn([{ path: src, before, after }], { snapshots: false })).toEqual([])
    }),
  )
})

test('repairs that are honest alone are honest together', () => {
  const repairs = sources.filter(({ before }) => before !== null)
  assert(
    property(shuffledSubarray(repairs, { minLength: 1, maxLength: 6 }), (chosen) => {
      const change = chosen.map(({ before, after }, i) => ({
        path: `src/${i}.ts`,
        before,
        after,
      }))

      expect(cheatsIn(change, { snapshots: false })).toEqual([])
    }),
  )
})

function strip(line: string): string {
  return line.replaceAll(/^import.*$|\bexport /gm, '').replaceAll(/\/\/.*$/gm, '')
}
