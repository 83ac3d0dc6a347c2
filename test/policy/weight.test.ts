import { expect, test } from 'vitest'

import type { ToolId } from '#domain/finding.ts'
import type { Severity } from '#domain/severity.ts'
import { allowed } from '#policy/mode.ts'
import { priorityOf } from '#policy/priority.ts'
import { severityOf } from '#policy/severity.ts'

test.each<[string, ToolId[], boolean, string[], Severity]>([
  ['formatting on a branch', ['prettier'], false, ['src/a.ts'], 'low'],
  ['formatting on the default branch', ['prettier'], true, ['src/a.ts'], 'medium'],
  ['lint on a branch', ['eslint'], false, ['src/a.ts'], 'low'],
  ['types on a branch', ['tsc'], false, ['src/a.ts'], 'medium'],
  ['types on the default branch', ['tsc'], true, ['src/a.ts'], 'high'],
  ['tests on the default branch', ['vitest'], true, ['src/a.ts'], 'high'],
  ['tests beside formatting weigh as tests', ['prettier', 'vitest'], false, ['src/a.ts'], 'medium'],
  [
    'tests on a security path of the default branch',
    ['vitest'],
    true,
    ['src/auth/token.ts'],
    'critical',
  ],
  [
    'formatting on a security path is still formatting',
    ['oxfmt'],
    false,
    ['src/auth/token.ts'],
    'low',
  ],
  ['an author is no security path', ['vitest'], false, ['src/author.ts'], 'medium'],
  ['an install on the default branch', ['install'], true, [], 'critical'],
  ['an install on a security path', ['install'], true, ['src/auth/a.ts'], 'critical'],
  ['an unknown tool weighs as a command', [], false, [], 'medium'],
])('%s is %5$s', (...row) => {
  const [, tools, onDefaultBranch, paths, severity] = row

  expect(severityOf({ tools, onDefaultBranch, paths })).toBe(severity)
})

test.each<[Severity, string[], number, number]>([
  ['critical', ['src/a.ts'], 1, 10],
  ['high', ['src/a.ts'], 1, 7],
  ['medium', ['src/a.ts'], 1, 5],
  ['low', ['src/a.ts'], 1, 3],
  ['high', ['app/api/chat/route.ts'], 1, 8],
  ['high', ['app/api/chat/route.ts'], 10, 8],
  ['high', ['app/api/chat/route.ts'], 15, 9],
  ['low', ['src/a.ts'], 11, 9],
  ['medium', ['src/auth/a.ts'], 1, 7],
  ['medium', ['src/api/auth.ts'], 1, 8],
  ['low', ['test/a.test.ts'], 1, 2],
  ['low', ['test/a.test.ts', 'src/a.ts'], 1, 3],
  ['critical', ['src/api/auth.ts'], 99, 10],
  ['medium', [], 1, 5],
])('%s in %j seen %i times has priority %i', (...row) => {
  const [severity, paths, occurrences, priority] = row

  expect(priorityOf(severity, paths, occurrences)).toBe(priority)
})

test.each([
  ['off', false, { observe: false, fix: false, publish: 'nothing' }],
  ['shadow', false, { observe: true, fix: true, publish: 'nothing' }],
  ['propose', false, { observe: true, fix: true, publish: 'proposal' }],
  ['apply', false, { observe: true, fix: true, publish: 'branch' }],
  ['apply', true, { observe: true, fix: true, publish: 'nothing' }],
  ['off', true, { observe: false, fix: false, publish: 'nothing' }],
] as const)('%s with dry run %s may %j', (mode, dryRun, allowance) => {
  expect(allowed(mode, dryRun)).toEqual(allowance)
})
