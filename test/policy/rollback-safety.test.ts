import { expect, test } from 'vitest'

import type { ChangedFile } from '#domain/change.ts'
import { rollbackLine } from '#messages/rollback.ts'
import { rollbackSafetyOf } from '#policy/rollback-safety.ts'

const file = (path: string, before: string | null, after: string | null): ChangedFile => ({
  path,
  before,
  after,
})

test.each<[string, readonly ChangedFile[], string]>([
  ['code that does the same better', [file('src/a.ts', 'let a = 1\n', 'const a = 1\n')], 'safe'],
  [
    'a column that is dropped',
    [file('migrations/3.sql', null, 'alter table t drop column c;\n')],
    'unsafe lost-data:1',
  ],
  [
    'the same by a query builder',
    [file('db/migrations/3.ts', null, "\nt.dropColumn('c')\n")],
    'unsafe lost-data:2',
  ],
  [
    'a column that is added',
    [file('migrations/3.sql', null, 'alter table t add column c int;\n')],
    'needs-human schema:1',
  ],
  ['a word about dropping tables', [file('README.md', null, 'drop table t\n')], 'safe'],
  [
    'an export that is gone',
    [file('src/a.ts', 'export const a = 1\n', 'const a = 1\n')],
    'needs-human interface:1',
  ],
  [
    'a field that leaves a contract',
    [file('api/shop.proto', 'int32 a = 1;\nint32 b = 2;\n', 'int32 a = 1;\n')],
    'needs-human interface:2',
  ],
  [
    'a field that joins it',
    [file('api/shop.proto', 'int32 a = 1;\n', 'int32 a = 1;\nint32 b = 2;\n')],
    'safe',
  ],
  [
    'a setting that is read no more',
    [file('src/a.ts', 'f(process.env.SHOP_URL)\n', 'f("x")\n')],
    'needs-human configuration:1',
  ],
  [
    'one that is read elsewhere now',
    [
      file('src/a.ts', 'f(process.env.SHOP_URL)\n', 'f("x")\n'),
      file('src/b.ts', null, "f(process.env['SHOP_URL'])\n"),
    ],
    'safe',
  ],
  ['one that is new', [file('src/a.ts', 'f("x")\n', 'f(process.env.SHOP_URL)\n')], 'safe'],
  [
    'one that leaves the example',
    [file('.env.example', 'SHOP_URL=x\nB=1\n', 'B=1\n')],
    'needs-human configuration:1',
  ],
  ['tests that promise less', [file('test/a.test.ts', 'export const a = 1\n', '')], 'safe'],
])('of taking back %s: %s', (...[, change, said]) => {
  const { level, marks } = rollbackSafetyOf(change)
  expect([level, ...marks.map((mark) => `${mark.class}:${mark.line ?? ''}`)].join(' ')).toBe(said)
})

test('what could not be read is looked at by a human, and all of it is said in one line', () => {
  const paths = Array.from({ length: 7 }, (_, index) => `logo-${index}.png`)
  const line = rollbackLine(rollbackSafetyOf([], paths))
  expect(line).toMatch(/^Taking it back: ⚠️ .*`logo-0.png`.*, and 2 more$/)
  expect(rollbackLine({ level: 'safe', marks: [] })).toContain('✅')
})
