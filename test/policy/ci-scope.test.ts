import { expect, test } from 'vitest'

import { scopeOf } from '#policy/ci-scope.ts'

import { ciClaimOf } from '../support/ci-world.ts'
import { checkOf } from '../support/fix-world.ts'

const checks = [checkOf('lint', 'eslint'), checkOf('types', 'tsc'), checkOf('test', 'vitest')]
const lint = ciClaimOf({ checks: ['lint'] })
const closed = ciClaimOf({ checks: [], unreachable: ['e2e: It needs services beside it.'] })
const strange = ciClaimOf({ checks: [] })
const cancelled = ciClaimOf({ checks: ['types'], trouble: 'cancelled' })
const all = ['lint', 'types', 'test']

test.for([
  ['one red job: its own checks', [lint], [], false, ['lint']],
  ['a job that may yet turn red counts as red', [lint], [['test']], false, ['lint', 'test']],
  ['a red job of which nothing can run here: nothing', [closed], [], false, []],
  ['a red job that was cancelled says nothing', [lint, cancelled], [], false, ['lint']],
  ['nothing is red: all', [], [], false, all],
  ['only machines failed: all', [cancelled], [], false, all],
  ['a red check that nobody knows: all', [lint, strange], [], false, all],
  ['an unfinished check that nobody knows: all', [lint], [[]], false, all],
  ['more is red than was read: all', [lint], [], true, all],
] as const)('%s', ([, claims, unfinished, isMore, expected]) => {
  const { wanted, rest } = scopeOf(checks, { claims, unfinished, isMore })
  expect(wanted.map(({ name }) => name)).toEqual(expected)
  expect([...wanted, ...rest]).toHaveLength(checks.length)
})
