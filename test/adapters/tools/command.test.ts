import { expect, test } from 'vitest'

import { lastWords } from '#adapters/tools/command.ts'

const red = {
  stdout: '',
  report: null,
  root: '/work',
  end: { kind: 'exited', exitCode: 1 },
} as const

test.each([
  [
    'npm error Missing script: "lint"\nnpm error\nnpm error To see a list of scripts, run:\n',
    'Missing script: "lint"',
  ],
  ['sh: 1: deno: not found\nnpm error code 127\n', 'sh: 1: deno: not found'],
  [
    'npm error code 1\nnpm error A complete log of this run can be found in: /x\n',
    'It printed nothing',
  ],
  [
    "[!] SyntaxError: Unexpected identifier 'assert'\n\u2009ELIFECYCLE\u2009 Command failed with exit code 1.\n",
    "[!] SyntaxError: Unexpected identifier 'assert'",
  ],
  ['Done in 1 s\nboom\n[ELIFECYCLE] Command failed with exit code 1.\n', 'boom'],
])('the last words of a command that nobody understood: %j', (stderr, message) => {
  expect(lastWords({ ...red, stderr }).message).toBe(message)
})
