import { expect, test } from 'vitest'

import { judgeSize } from '#policy/limits.ts'
import { changedLines } from '#policy/lines.ts'

const lines = (count: number) => Array.from({ length: count }, (_, i) => `call(${i})\n`).join('')
const file = (path: string, before: string | null, after: string | null) => ({
  path,
  before,
  after,
})
const most = { files: 2, lines: 10 }

test.each([
  [
    'ten lines are within ten',
    [file('a.ts', '', lines(10))],
    { kind: 'within', files: 1, lines: 10 },
  ],
  [
    'eleven lines are not',
    [file('a.ts', '', lines(11))],
    { kind: 'exceeded', what: 'lines', is: 11, most: 10 },
  ],
  [
    'removed lines count as well',
    [file('a.ts', lines(11), null)],
    { kind: 'exceeded', what: 'lines', is: 11, most: 10 },
  ],
  [
    'a changed line counts twice',
    [file('a.ts', 'a()\n', 'b()\n')],
    { kind: 'within', files: 1, lines: 2 },
  ],
  [
    'three files are not within two',
    ['a.ts', 'b.ts', 'c.ts'].map((path) => file(path, '', 'a()\n')),
    { kind: 'exceeded', what: 'files', is: 3, most: 2 },
  ],
  [
    'a lockfile counts as a file only',
    [file('package-lock.json', '', lines(99))],
    { kind: 'within', files: 1, lines: 0 },
  ],
  [
    'layout counts as a file only',
    [file('a.ts', lines(30), lines(30).replaceAll('\n', ';\n'))],
    { kind: 'within', files: 1, lines: 0 },
  ],
  [
    'layout of a document counts as a file only',
    [file('a.md', lines(30), lines(30).replaceAll('\n', '\n\n'))],
    { kind: 'within', files: 1, lines: 0 },
  ],
  [
    'layout of YAML may be meaning',
    [file('a.yml', lines(6), lines(6).replaceAll('call', '  call'))],
    { kind: 'exceeded', what: 'lines', is: 12, most: 10 },
  ],
])('%s', (_title, change, size) => {
  expect(judgeSize(change, most)).toEqual(size)
})

test('changed lines carry their numbers in the text that has them', () => {
  const changed = changedLines('a\nb\nc\n', 'a\nx\ny\nc\n')

  expect(changed).toEqual([
    { side: 'removed', line: 2, text: 'b' },
    { side: 'added', line: 2, text: 'x' },
    { side: 'added', line: 3, text: 'y' },
  ])
})
