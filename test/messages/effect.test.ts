import { join } from 'node:path'

import { expect, test } from 'vitest'

import type { Effect } from '#domain/effect.ts'
import { effectText } from '#messages/effect.ts'

const golden = (name: string) => join(import.meta.dirname, 'golden', name)
const hour = 60 * 60_000

const before: Effect = {
  days: 30,
  verified: { is: 12, wanted: 50 },
  mended: { is: 9, wanted: 30 },
  tasks: 14,
  timeToFix: { n: 9, medianMs: 24 * hour },
  timeToLive: { n: 2, medianMs: 30 * hour },
  byPeople: 6,
  broken: { some: 2, of: 14 },
}
const now: Effect = {
  days: 30,
  verified: { is: 52, wanted: 50 },
  mended: { is: 31, wanted: 30 },
  tasks: 33,
  timeToFix: { n: 31, medianMs: 41 * 60_000 },
  timeToLive: { n: 20, medianMs: 2 * hour },
  byPeople: 3,
  broken: { some: 1, of: 53 },
}
const nothing: Effect = {
  days: 7,
  verified: { is: 0, wanted: 12 },
  mended: { is: 0, wanted: 7 },
  tasks: 0,
  timeToFix: { n: 0, medianMs: null },
  timeToLive: { n: 0, medianMs: null },
  byPeople: 0,
  broken: { some: 0, of: 0 },
}

test.each<[string, string, readonly [Effect, Effect]]>([
  ['a month that is better than the one before', 'effect.txt', [now, before]],
  ['a month of which nothing is on record', 'effect-unknown.txt', [nothing, nothing]],
])('the effect of %s is told word for word (S2-48, S2-49)', async (_what, name, both) => {
  await expect(effectText(...both)).toMatchFileSnapshot(golden(name))
})
