import { array, assert, asyncProperty, constantFrom, integer, record } from 'fast-check'
import { expect, test } from 'vitest'

import { people } from './support/gated-change.ts'
import { interleavings, kinds } from './support/interleavings.ts'

/** What may happen to a pull request, in any order. What people write is heard at once, later, twice or never. */
const happening = record({
  kind: constantFrom(...kinds),
  sha: constantFrom('a', 'b', 'c', 'd'),
  by: constantFrom(...people),
  named: constantFrom('nothing' as const, 'what is seen' as const, 'another' as const),
  which: integer({ min: 0, max: 3 }),
  minutes: constantFrom(1, 20, 61),
})

/** Ten seconds alone; much longer where others are at work. */
const patienceMs = 180_000

test(
  'in ten thousand orders of events nothing is deployed that was not approved, and nothing deployed or taken back twice',
  async () => {
    let [deployed, back] = [0, 0]
    await assert(
      asyncProperty(array(happening, { minLength: 6, maxLength: 28 }), async (happenings) => {
        const { play, wrong, began, wentBack } = interleavings()
        for (const one of happenings) await play(one)
        expect(wrong()).toEqual([])
        deployed += began()
        back += wentBack()
      }),
      { numRuns: 10_000, seed: 7 },
    )
    // They get through, too: else nothing would be shown.
    expect(deployed).toBeGreaterThan(1000)
    expect(back).toBeGreaterThan(200)
  },
  patienceMs,
)
