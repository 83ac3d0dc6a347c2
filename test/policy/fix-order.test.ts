import { expect, test } from 'vitest'

import type { Failure } from '#domain/failure.ts'
import type { ToolId } from '#domain/finding.ts'
import { fixOrder } from '#policy/fix-order.ts'

import { ran } from '../support/observed.ts'

function red(name: string, tools: readonly ToolId[]): Failure {
  const invocations = tools.map((tool) => ({ tool, argv: [tool], directory: '.' }))
  const how = { origin: 'package-script', mode: 'apply' } as const
  const check = { name, command: name, directory: '.', before: [], invocations, ...how }
  return { check, evidence: ran(1), targets: [], preExisting: [] }
}

test('what others stand on is repaired first, formatting last, a check by the first of its tools', () => {
  const failures = [
    red('format', ['prettier']),
    red('script', []),
    red('test', ['vitest']),
    red('lint and types', ['eslint', 'tsc']),
    red('lint', ['oxlint']),
    red('install', ['install']),
  ]

  expect(fixOrder(failures).map(({ check }) => check.name)).toEqual([
    'install',
    'lint and types',
    'lint',
    'test',
    'script',
    'format',
  ])
})
