import { expect, test } from 'vitest'

import { changesIntegrity } from '#adapters/fixers/integrity.ts'

const npm = (integrity: string): string =>
  JSON.stringify({ packages: { 'node_modules/left': { version: '1.0.0', integrity } } }, null, 2)
const pnpm = (integrity: string): string =>
  `packages:\n\n  left@1.0.0:\n    resolution: {integrity: ${integrity}}\n    engines: {node: '>=4'}\n`
const yarn = (integrity: string): string =>
  `left@^1.0.0:\n  version "1.0.0"\n  resolved "https://registry.yarnpkg.com/left"\n  integrity ${integrity}\n`

test.each([
  ['npm', npm],
  ['pnpm', pnpm],
  ['yarn', yarn],
] as const)(
  'a lockfile of %s that promises another content for a known package is noticed',
  (_name, lock) => {
    expect(changesIntegrity(lock('sha512-AAAA'), lock('sha512-BBBB'))).toBe(true)
    expect(changesIntegrity(lock('sha512-AAAA'), lock('sha512-AAAA'))).toBe(false)
  },
)

test('a new version of a package has a content of its own', () => {
  const newer = npm('sha512-BBBB').replace('1.0.0', '1.0.1')
  expect(changesIntegrity(npm('sha512-AAAA'), newer)).toBe(false)
})
