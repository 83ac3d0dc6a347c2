import { expect, test } from 'vitest'

import type { RedBase } from '#domain/red-base.ts'
import { blameOfBase } from '#policy/red-base.ts'

type Seen = Parameters<typeof blameOfBase>[0]

const seen: Seen = {
  isInherited: false,
  isGreenHere: false,
  failed: ['test'],
  tip: { kind: 'red', failed: ['test', 'lint'] },
}

test.each<[string, Partial<Seen>, RedBase['kind'] | null]>([
  ['what was red where it left a red base', { isInherited: true }, 'red'],
  [
    'what was red where it left a green base',
    { isInherited: true, tip: { kind: 'green' } },
    'green-again',
  ],
  [
    'what was red where it left a base that is being checked',
    { isInherited: true, tip: { kind: 'pending' } },
    null,
  ],
  ['nothing here, the same check on the base', { isGreenHere: true }, 'red'],
  ['nothing here, another check on the base', { isGreenHere: true, failed: ['build'] }, null],
  ['nothing here or on the base', { isGreenHere: true, tip: { kind: 'green' } }, null],
  ['something of its own', {}, null],
])('a pull request on which is red %s', (...[, more, kind]) => {
  expect(blameOfBase({ ...seen, ...more })).toBe(kind)
})
