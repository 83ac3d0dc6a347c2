import { expect, test } from 'vitest'

import { repositoryConfiguration } from '#domain/repository-configuration.ts'
import { complexityOf } from '#policy/complexity.ts'

import { findingOf } from '../support/fix-world.ts'

const red = [findingOf('vitest', 'test/a.test.ts', 'expected 1 to be 2')]
const types = [findingOf('tsc', 'src/a.ts', 'Type string is not number.')]
const files = ['package.json', 'web/package.json', 'web/a.ts', 'webshop/b.ts', 'a.ts', 'b.ts']
const file = (path: string, lines = 1) => ({
  path,
  before: 'old()\n'.repeat(lines),
  after: 'now()\n'.repeat(lines),
})
const many = (count: number) => Array.from({ length: count }, (_, at) => file(`${at}.ts`))
const beyond = (what: string, is: number, most: number) => ({ kind: 'beyond', what, is, most })
const { model } = repositoryConfiguration.parse({}).limits

test.each([
  ['a small change that failing tests asked for', [file('a.ts')], red, 'fix', []],
  ['two files of it', [file('a.ts'), file('b.ts')], red, 'fix', []],
  ['two folders of one package', [file('a.ts'), file('webshop/b.ts')], red, 'fix', []],
  ['three files', many(3), red, 'draft', [beyond('files', 3, 2)]],
  [
    'more than thirty lines, out and in',
    [file('a.ts', 16)],
    red,
    'draft',
    [beyond('lines', 32, 30)],
  ],
  ['two packages', [file('a.ts'), file('web/a.ts')], red, 'draft', [beyond('packages', 2, 1)]],
  ['what only a compiler asked for', [file('a.ts')], types, 'draft', [{ kind: 'untested' }]],
  [
    'what a compiler asked for, too',
    [file('a.ts')],
    [...red, ...types],
    'draft',
    [{ kind: 'untested' }],
  ],
  ['what nobody asked for', [file('a.ts')], [], 'draft', [{ kind: 'untested' }]],
  ['twenty files', many(20), red, 'draft', [beyond('files', 20, 2), beyond('lines', 40, 30)]],
  ['twenty-one', many(21), red, 'decline', [beyond('files', 21, 20)]],
  ['more than 400 lines', [file('a.ts', 201)], red, 'decline', [beyond('lines', 402, 400)]],
] as const)('%s: %#', (...[, change, findings, decision, reasons]) => {
  expect(complexityOf({ change, findings, files }, model)).toEqual({ decision, reasons })
})

test('whoever owns the repository says what is small and what is too much', () => {
  const limits = { model: { ready: { files: 3 }, draft: { files: 4 } } }
  const { model: own } = repositoryConfiguration.parse({ limits }).limits
  const decisions = [3, 4, 5].map(
    (count) => complexityOf({ change: many(count), findings: red, files }, own).decision,
  )
  expect(decisions).toEqual(['fix', 'draft', 'decline'])
})
