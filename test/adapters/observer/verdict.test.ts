import { expect, test } from 'vitest'

import { environmentOf } from '#adapters/observer/verdict.ts'

import { checkOf } from '../../support/tool-project.ts'

test.each([
  ['xo', { CI: 'true', CACHE_DIR: 'node_modules/.cache' }],
  ['eslint', { CI: 'true' }],
] as const)('a check that runs %s sees nothing but %j', (tool, environment) => {
  expect(environmentOf(checkOf([tool, tool]))).toEqual(environment)
})
