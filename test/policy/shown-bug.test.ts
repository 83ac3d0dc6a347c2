import { expect, test } from 'vitest'

import type { Evidence } from '#domain/evidence.ts'
import { judgeShown } from '#policy/shown-bug.ts'

import { checkOf, findingOf, said } from '../support/fix-world.ts'

const path = 'test/sum.test.ts'
const old = "test('sums', () => {\n  expect(sum(1, 2)).toBe(3)\n})\n"
const more = `${old}test('sums nothing', () => {\n  expect(sum(0, 0)).toBe(0)\n})\n`
const file = (name: string, after: string, before: string | null = null) => ({
  path: name,
  before,
  after,
})
const red = said(findingOf('vitest', path, 'expected NaN to be 0'))
const code = findingOf('vitest', 'test/tax.test.ts', 'expected 1 to be 2')
const stopped: Evidence = { ...red, end: { kind: 'stopped', by: 'time' } }
const unloadable = said(findingOf('vitest', path, "Cannot find module './nothing'"))

test.each([
  ['shown', 'a new test that fails', [file(path, more)], red],
  ['shown', 'a test added to those that are there', [file(path, more, old)], red],
  ['no-test', 'nothing', [], red],
  ['no-test', 'code beside the test', [file(path, more), file('src/sum.ts', 'x')], red],
  ['no-test', 'a file that no runner takes for a test', [file('test/data.ts', 'x')], red],
  ['weakens', 'a test in the place of another', [file(path, "test('a', () => {})", old)], red],
  ['passes', 'a test that passes', [file(path, more)], said()],
  ['not-run', 'a test that never ends', [file(path, more)], stopped],
  ['does-not-load', 'a test of something that is not there', [file(path, more)], unloadable],
  ['elsewhere', 'a test that makes another fail', [file(path, more)], said(...red.findings, code)],
  ['elsewhere', 'only another failing test', [file(path, more)], said(code)],
] as const)('%s: %s', (...[answer, , change, after]) => {
  const shown = judgeShown({ check: checkOf('test', 'vitest'), change, before: said(), after })
  expect(shown.kind === 'shown' ? 'shown' : shown.because).toBe(answer)
})
