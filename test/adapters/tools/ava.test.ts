import { expect, test } from 'vitest'

import { ava } from '#adapters/tools/ava.ts'
import { found } from '#adapters/tools/found.ts'
import type { Invocation } from '#domain/check.ts'

const invocation: Invocation = { tool: 'ava', argv: ['ava', '--watch', 'test'], directory: '.' }

/** As AVA 6.4 printed it for a file with three tests and one that imports what is not there. */
const printed = `TAP version 13
not ok 1 - a › adds
  ---
    name: AssertionError
    assertion: t.is()
    details:
      'Difference (- actual, + expected):': |-
        - 1
        + 2
    message: ''
    at: 'ExecutionContext.is (file:///w/node_modules/ava/lib/assert.js:309:16)'
  ...
not ok 2 - a › reads
  ---
    name: AssertionError
    details:
      'Error thrown in test:': |-
        TypeError {
          message: 'Cannot read properties of null (reading \\'x\\')',
        }
    message: Error thrown in test
    at: 'file:///w/test/a.test.js:3:27'
  ...
ok 3 - a › fine
not ok 4 - Error [ERR_MODULE_NOT_FOUND]: Cannot find module '/w/test/nowhere.js' imported from /w/test/b.test.js
  ---
    name: Error
    message: >-
      Cannot find module '/w/test/nowhere.js' imported from
      /w/test/b.test.js
    at: 'finalizeResolution (node:internal/modules/esm/resolve:272:11)'
  ...
not ok 5 - test/b.test.js exited with a non-zero exit code: 1

1..3
# tests 3
# pass 1
# fail 4
`

function read(stdout: string, exitCode: number) {
  const end = { kind: 'exited', exitCode } as const
  return ava.parse({ stdout, stderr: '', report: null, end, root: '/w' }, invocation)
}

test('AVA is asked for TAP, once, and not to watch', () => {
  expect(ava.reporting(invocation, '/report').argv).toEqual(['ava', 'test', '--tap'])
})

test('each failed test of AVA is a finding, and each file that does not load', () => {
  expect(read(printed, 1)).toEqual([
    found('ava', {
      rule: 'AssertionError',
      subject: 'a › adds',
      message: 'AssertionError: t.is()',
    }),
    found('ava', {
      rule: 'TypeError',
      file: 'test/a.test.js',
      line: 3,
      column: 27,
      subject: 'a › reads',
      message: "TypeError: Cannot read properties of null (reading 'x')",
    }),
    found('ava', {
      rule: 'import',
      file: 'test/b.test.js',
      message: "Cannot find module 'test/nowhere.js' imported from test/b.test.js",
    }),
  ])
})

test.each([
  ['nothing where all is well', 'TAP version 13\nok 1 - adds\n1..1\n', []],
  ['a run without tests', 'TAP version 13\n1..0\n', ['no-tests']],
  ['what cannot be read', 'Segmentation fault\n', ['unreadable']],
])('AVA told %s', (_title, stdout, rules) => {
  const exitCode = rules.length === 0 ? 0 : 1
  expect(read(stdout, exitCode).map(({ rule }) => rule)).toEqual(rules)
})
