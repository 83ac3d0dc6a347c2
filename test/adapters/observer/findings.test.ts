import { expect, test } from 'vitest'

import { findingsOf } from '#adapters/observer/findings.ts'
import { difference } from '#policy/compare.ts'

import { checkOf } from '../../support/fix-world.ts'

const program = checkOf('lint', 'command')
const invocations = program.invocations.map((one) => ({ ...one, argv: ['gts', 'lint'] }))
const check = { ...program, invocations }

const workspace = {
  source: '/s',
  mounts: [],
  run: () => Promise.reject(new Error('not run')),
  read: () => null,
  files: () => [],
}

const old = '/w/lib/index.ts\n  3:7  error  Unexpected any  no-explicit-any\n'
const young = '/w/lib/string.ts\n  8:3  error  Never reassigned  prefer-const\n'

/** What `gts lint` prints of files with findings. */
function said(...files: readonly string[]) {
  const sum = `✖ ${files.length} problems (${files.length} errors, 0 warnings)\n`
  const stdout = `${files.join('\n')}\n${sum}error Command failed\n`
  const printed = { stdout, stderr: '', report: null, root: '/w', durationMs: 1 }
  return findingsOf(
    { workspace, check, patch: [] },
    { ...printed, end: { kind: 'exited', exitCode: 1 } },
  )
}

test('a linter behind a program that nobody knows is heard finding by finding, so that a new one is not taken for an old one', async () => {
  const [base, head] = await Promise.all([said(old), said(old, young)])

  expect(difference(head, base)).toMatchObject([
    { tool: 'eslint', rule: 'prefer-const', file: 'lib/string.ts', line: 8 },
  ])
})

test('where its findings are not all there, its last words are one', async () => {
  const cut = said(old, '  9:1  error  Lost its file')

  expect(await cut).toMatchObject([{ tool: 'command', rule: 'exit-1' }])
})
