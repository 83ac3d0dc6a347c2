import { expect, test } from 'vitest'

import { toolOf } from '#adapters/checks/known-tools.ts'
import { standard } from '#adapters/tools/standard.ts'
import type { Invocation } from '#domain/check.ts'

const invocation: Invocation = { tool: 'standard', argv: ['standard'], directory: '.' }
const red = { report: null, root: '/w', end: { kind: 'exited', exitCode: 1 } } as const
const stderr =
  'standard: Use JavaScript Standard Style (https://standardjs.com)\nstandard: Run `standard --fix` to automatically fix some problems.\n'

test('each row of standard is a finding, but what it only warns of', () => {
  const stdout = [
    '  /w/lib/main.js:1:20: Strings must use singlequote. (quotes)',
    "  /w/lib/main.js:9:3: 'os' is not defined. (no-undef)",
    '  /w/cli.js:1:1: Parsing error: Unexpected token (1:4) (null)',
    '  /w/cli.js:2:1: Old. (no-var) (warning)',
    '  /etc/passwd:1:1: Strings must use singlequote. (quotes)',
  ].join('\n')

  const findings = standard.plain?.({ ...red, stdout, stderr }, invocation)

  expect(findings?.map(({ file, line, rule, message }) => [file, line, rule, message])).toEqual([
    ['lib/main.js', 1, 'quotes', 'Strings must use singlequote'],
    ['lib/main.js', 9, 'no-undef', "'os' is not defined"],
    ['cli.js', 1, null, 'Parsing error: Unexpected token (1:4)'],
  ])
})

test('standard that could not run is not read as if it had', () => {
  const broken = 'standard: Unexpected linter output:\n\nError: Cannot find module x\n'
  const printed = { ...red, stdout: '', stderr: broken }

  expect(standard.plain?.(printed, invocation)).toBe(null)
  expect(standard.parse(printed, invocation)).toMatchObject([{ rule: 'unreadable' }])
})

test.each(['standard', 'semistandard', 'ts-standard'])('%s is read', (program) => {
  expect(toolOf([program, 'lib/**/*.js'])).toBe('standard')
})
