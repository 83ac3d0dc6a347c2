import { expect, test } from 'vitest'

import type { Evidence } from '#domain/evidence.ts'
import type { Finding, ToolId } from '#domain/finding.ts'
import { mayBeFlaky } from '#policy/rerun.ts'

function found(tool: ToolId, message: string, rule: string | null = null): Finding {
  return { tool, rule, file: null, line: null, column: null, subject: null, message }
}

function red(...findings: Finding[]): Evidence {
  const end = { kind: 'exited', exitCode: 1 } as const
  return { command: 'x', end, durationMs: 1, outputTail: '', findings }
}

test.each<[string, readonly Finding[], boolean]>([
  ['an assertion', [found('vitest', 'expected 1 to be 2')], true],
  ['a command nobody can read', [], true],
  ['a test that cannot find its module', [found('jest', "Cannot find module './a'")], false],
  ['a type error', [found('tsc', 'Type A is not B', 'TS2322')], false],
  ['a lockfile that does not fit', [found('install', 'not in sync', 'EUSAGE')], false],
  ['a package with another content', [found('install', 'sha512-a', 'EINTEGRITY')], false],
  ['an installation that gives no reason', [found('install', 'no')], false],
  ['a registry that did not answer', [found('install', 'network', 'ETIMEDOUT')], true],
  ['a type error beside an assertion', [found('tsc', 'no'), found('node-test', '1 !== 2')], true],
])('%s: whether another run may say something else is known', (_title, findings, expected) => {
  expect(mayBeFlaky(red(...findings))).toBe(expected)
})
