import { expect, test } from 'vitest'

import { coderRisk } from '#policy/coder-risk.ts'

import { findingOf } from '../support/fix-world.ts'

const red = [findingOf('vitest', 'test/a.test.ts', 'expected 1 to be 2')]
const types = [findingOf('tsc', 'src/a.ts', 'Type string is not number.')]
const file = (path: string, lines = 1) => ({
  path,
  before: 'old\n'.repeat(lines),
  after: 'new\n'.repeat(lines),
})

test.each([
  ['a small change that failing tests asked for', [file('a.ts')], red, 'safe'],
  ['two files of it', [file('a.ts'), file('b.ts')], red, 'safe'],
  ['three files', ['a', 'b', 'c'].map((name) => file(name)), red, 'review'],
  ['more than thirty lines, out and in', [file('a.ts', 16)], red, 'review'],
  ['what only a compiler asked for', [file('a.ts')], types, 'review'],
  ['what a compiler asked for, too', [file('a.ts')], [...red, ...types], 'review'],
  ['what nobody asked for', [file('a.ts')], [], 'review'],
] as const)('%s: %#', (...[, change, findings, risk]) => {
  expect(coderRisk(change, findings)).toBe(risk)
})
