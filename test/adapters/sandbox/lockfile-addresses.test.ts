import { expect, test } from 'vitest'

import { readdressed, withMirrorAddresses } from '#adapters/sandbox/lockfile-addresses.ts'

const mirror = 'http://127.0.0.1:4873'

test.each([
  [
    '"resolved": "https://registry.npmjs.org/a/-/a-1.0.0.tgz",',
    `"resolved": "${mirror}/a/-/a-1.0.0.tgz",`,
  ],
  [
    '"a": ["a@1.0.0", "", {}, "sha512-x=="],',
    `"a": ["a@1.0.0", "${mirror}/a/-/a-1.0.0.tgz", {}, "sha512-x=="],`,
  ],
  [
    '"@s/a": ["@s/a@1.0.0-rc.1", "", { "os": "linux" }, "sha512-x=="],',
    `"@s/a": ["@s/a@1.0.0-rc.1", "${mirror}/@s/a/-/a-1.0.0-rc.1.tgz", { "os": "linux" }, "sha512-x=="],`,
  ],
])('a lockfile leads to the mirror: %s', (line, served) => {
  expect(withMirrorAddresses(line)).toBe(served)
})

test.each([
  '"a": ["a@workspace:packages/a"],',
  '"a": ["a@github:o/a#1234567", {}, "o-a-1234567"],',
  '"dependencies": { "a": "" },',
])('what comes from no registry stays as it is: %s', (line) => {
  expect(withMirrorAddresses(line)).toBe(line)
})

test('what bun writes back names no mirror', () => {
  const before = '"a": ["a@1.0.0", "", {}, "sha512-x=="],'

  expect(readdressed(withMirrorAddresses(before), before)).toBe(before)
})
