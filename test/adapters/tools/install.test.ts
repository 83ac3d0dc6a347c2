import { expect, test } from 'vitest'

import { installTool } from '#adapters/tools/install.ts'
import type { Invocation } from '#domain/check.ts'

const invocation: Invocation = { tool: 'install', argv: ['npm', 'ci'], directory: '.' }

const outputs = [
  [
    'npm 7 to 11 with a lockfile out of step',
    'npm error code EUSAGE\nnpm error\nnpm error `npm ci` can only install packages when in sync.\nnpm error Missing: @a/left@1.3.0 from lock file\n',
    [['EUSAGE', '@a/left@1.3.0']],
  ],
  [
    'npm 6 with peers that do not fit',
    'npm ERR! code ERESOLVE\nnpm ERR! ERESOLVE unable to resolve dependency tree\n',
    [['ERESOLVE', null]],
  ],
  [
    'npm with a package that is not what was promised',
    'npm error code EINTEGRITY\nnpm error sha512-AA integrity checksum failed when using sha512\n',
    [['EINTEGRITY', null]],
  ],
  [
    'pnpm with a lockfile out of step',
    ' ERR_PNPM_OUTDATED_LOCKFILE  Cannot install with "frozen-lockfile" because pnpm-lock.yaml is not up to date\n',
    [['ERR_PNPM_OUTDATED_LOCKFILE', null]],
  ],
  [
    'classic yarn with a lockfile out of step',
    'error Your lockfile needs to be updated, but yarn was run with `--frozen-lockfile`.\n',
    [['LOCKFILE_FROZEN', null]],
  ],
  [
    'modern yarn with a lockfile out of step',
    '➤ YN0028: │ The lockfile would have been modified by this install, which is explicitly forbidden.\n',
    [['YN0028', null]],
  ],
  [
    'modern yarn with a version the registry does not have',
    '➤ YN0000: · Yarn 4.18.1\n➤ YN0082: │ @a/left@npm:4.68.7: No candidates found\n➤ YN0000: · Failed with errors in 2s\n',
    [['YN0082', null]],
  ],
  [
    'bun with a lockfile out of step',
    'error: lockfile had changes, but lockfile is frozen\n',
    [['LOCKFILE_FROZEN', null]],
  ],
  ['a manager that says something else', 'Segmentation fault\n', [['unreadable', null]]],
] as const

test.each(outputs)('an installation is understood from %s', (_title, stderr, expected) => {
  const end = { kind: 'exited', exitCode: 1 } as const

  const findings = installTool.parse({ stdout: '', stderr, report: null, end }, invocation)

  expect(findings[0]?.message).not.toMatch(/^· |^code |Completed/)
  expect(findings.map(({ rule, subject }) => [rule, subject])).toEqual(expected)
})
