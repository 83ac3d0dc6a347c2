import { expect, test } from 'vitest'

import { changesIntegrity } from '#adapters/fixers/integrity.ts'
import { readdressed } from '#adapters/sandbox/lockfile-addresses.ts'

const npm = (integrity: string): string =>
  JSON.stringify({ packages: { 'node_modules/left': { version: '1.0.0', integrity } } }, null, 2)
const pnpm = (integrity: string): string =>
  `packages:\n\n  left@1.0.0:\n    resolution: {integrity: ${integrity}}\n    engines: {node: '>=4'}\n`
const yarn = (integrity: string): string =>
  `left@^1.0.0:\n  version "1.0.0"\n  resolved "https://registry.yarnpkg.com/left"\n  integrity ${integrity}\n`
const berry = (integrity: string): string =>
  `"left@npm:^1.0.0":\n  version: 1.0.0\n  checksum: 10c0/${integrity.at(-1)?.toLowerCase().repeat(64)}\n`
const bun = (integrity: string): string =>
  `{\n  "packages": {\n    "left": ["left@1.0.0", "", {}, "${integrity}"],\n  }\n}\n`

test.each([
  ['npm', npm],
  ['pnpm', pnpm],
  ['classic yarn', yarn],
  ['modern yarn', berry],
  ['bun', bun],
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

test('a lockfile written in the sandbox names the registry that the repository named', () => {
  const before = 'resolved "https://npm.example.com/shop/left/-/left-1.0.0.tgz"'
  const written = 'resolved "http://127.0.0.1:4873/right/-/right-1.0.0.tgz"'

  expect(readdressed(written, before)).toBe(
    'resolved "https://npm.example.com/shop/right/-/right-1.0.0.tgz"',
  )
})

test('a lockfile written in the sandbox names no registry where the repository named none', () => {
  const yarn =
    '  version "1.0.0"\n  resolved "http://127.0.0.1:4873/a/-/a-1.0.0.tgz#c"\n  integrity x\n'
  expect(readdressed(yarn, '')).toBe('  version "1.0.0"\n  integrity x\n')
  const npm = '      "resolved": "http://127.0.0.1:4873/a/-/a-1.0.0.tgz",\n      "integrity": "x"\n'
  expect(readdressed(npm, '')).toBe('      "integrity": "x"\n')
  expect(
    readdressed('    "a": ["a@1.0.0", "http://127.0.0.1:4873/a/-/a-1.0.0.tgz", {}, "x"],', ''),
  ).toBe('    "a": ["a@1.0.0", "", {}, "x"],')
})
