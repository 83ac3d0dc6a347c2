import { expect, test } from 'vitest'

import { hear, newLog } from './ci/log.ts'

const now = new Date('2026-01-02T03:04:05.678Z')

function heard(...lines: readonly string[]) {
  const log = newLog()
  log.matchers = true
  for (const line of lines) hear(log, now, line)
  return log
}

const plain = { start_column: null, end_column: null, title: null, raw_details: null }

test.for([
  [
    'an error with a place',
    ['::error file=a/b.ts,line=3,endLine=4,col=5,endColumn=9,title=Oh%2C no::It broke%0Atwice'],
    {
      path: 'a/b.ts',
      start_line: 3,
      end_line: 4,
      start_column: 5,
      end_column: 9,
      annotation_level: 'failure',
      title: 'Oh, no',
      message: 'It broke\ntwice',
    },
  ],
  [
    'a notice without a place',
    ['::notice::50%25 done'],
    { path: '.github', start_line: 1, annotation_level: 'notice', message: '50% done' },
  ],
  [
    'what tsc prints for machines',
    ['src/a.ts(7,3): error TS2322: No.'],
    { path: 'src/a.ts', start_line: 7, start_column: 3, message: 'TS2322: No.' },
  ],
  [
    'what tsc prints for people',
    ['src/a.ts:7:3 - error TS2322: No.'],
    { path: 'src/a.ts', start_line: 7, start_column: 3, message: 'TS2322: No.' },
  ],
  [
    'what eslint prints below a file’s name',
    ['/work/src/a.js', '  2:11  warning  Unexpected console statement  no-console'],
    {
      path: '/work/src/a.js',
      start_line: 2,
      annotation_level: 'warning',
      message: 'Unexpected console statement',
    },
  ],
] as const)('%s becomes an annotation', ([, lines, annotation]) => {
  expect(heard(...lines).annotations).toMatchObject([annotation])
})

test.for(['error: no command', 'a :: error', '::group::Install', 'just (7,3) words'])(
  'the line %j becomes none',
  (line) => {
    expect(heard(line).annotations).toEqual([])
  },
)

test('without actions/setup-node nothing matches problems', () => {
  const log = newLog()
  hear(log, now, 'src/a.ts(7,3): error TS2322: No.')

  expect(log.annotations).toEqual([])
})

test('a line is kept with its time, a command in brackets', () => {
  expect(heard('hello', '::warning::careful').lines).toEqual([
    '2026-01-02T03:04:05.6780000Z hello',
    '2026-01-02T03:04:05.6780000Z ##[warning]careful',
  ])
})

test('what a command does not say is left open', () => {
  expect(heard('::warning file=a.ts,line=2::x').annotations).toEqual([
    {
      ...plain,
      path: 'a.ts',
      start_line: 2,
      end_line: 2,
      annotation_level: 'warning',
      message: 'x',
    },
  ])
})
