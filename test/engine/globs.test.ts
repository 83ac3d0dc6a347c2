import * as fc from 'fast-check'
import picomatch from 'picomatch'
import { expect, test } from 'vitest'

import { overlaps } from '#engine/globs.ts'

test.each([
  ['src/**', 'src/a/b.ts', true],
  ['src/**', 'src', true],
  ['src', 'src/a.ts', true],
  ['./src/a.ts', 'src/a.ts', true],
  ['SRC/a.ts', 'src/A.ts', true],
  ['**', 'anything', true],
  ['**/*.md', 'docs/**', true],
  ['*.ts', '*.test.ts', true],
  ['src/{a,b}.ts', 'src/c.ts', true],
  ['src/../docs/a.md', 'src/x', true],
  ['src/**', 'test/**', false],
  ['src/a.ts', 'src/b.ts', false],
  ['src/*.ts', 'src/*.md', false],
  ['docs/analysis/**', 'docs/debug/**', false],
  ['src/old-*', 'src/new-*', false],
  ['src/{a,b}.ts', 'test/a.ts', false],
])('may %s and %s match the same file? %s', (one, other, may) => {
  expect(overlaps(one, other)).toBe(may)
  expect(overlaps(other, one)).toBe(may)
})

test('two globs that do match the same file are never called disjoint', () => {
  const segment = fc.constantFrom('a', 'b', 'ab', '*', 'a*', '*b', '?', '**', '{a,b}', '!(a)')
  const glob = fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'))
  const path = fc
    .array(fc.constantFrom('a', 'b', 'ab', 'aab'), { minLength: 1, maxLength: 4 })
    .map((parts) => parts.join('/'))

  fc.assert(
    fc.property(glob, glob, path, (one, other, path) => {
      fc.pre(picomatch.isMatch(path, one) && picomatch.isMatch(path, other))

      expect(overlaps(one, other)).toBe(true)
    }),
  )
})
