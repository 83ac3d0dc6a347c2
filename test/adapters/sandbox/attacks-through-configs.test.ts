import { join } from 'node:path'

import { afterAll, beforeAll, expect, test, vi } from 'vitest'

import { foundNothing, type Haunted, hauntedHost, secretName } from '../../support/hostile-code.ts'
import { sandboxWorld } from '../../support/sandbox-machine.ts'

const { run } = sandboxWorld()
const secret = 'canary-of-the-host'
const mounts = [{ path: 'node_modules', from: join(import.meta.dirname, '../../../node_modules') }]
let host: Haunted

beforeAll(async () => {
  vi.stubEnv(secretName, secret)
  host = await hauntedHost(secret)
})
afterAll(() => {
  host.close()
  vi.unstubAllEnvs()
})

test.each([
  ['eslint', 'eslint.config.cjs', 'eslint src'],
  ['prettier', 'prettier.config.cjs', 'prettier --check src'],
  ['vitest', 'vitest.config.cjs', 'vitest run'],
])('attack 30: a configuration of %s is code, and finds nothing', async (...[, file, command]) => {
  const files = { [file]: host.code, 'src/a.js': 'let a = 1\n', 'package.json': '{}' }

  const left = await run(files, {
    command: `node_modules/.bin/${command}`,
    mounts,
    collect: true,
  })

  const found = left.files.find(({ path }) => path === 'found.json')
  expect(JSON.parse(found?.content ?? 'null')).toEqual(foundNothing)
  expect(host.harm()).toEqual([])
})
