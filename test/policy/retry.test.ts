import { expect, test } from 'vitest'

import { nextTryAfter } from '#policy/retry.ts'

test('the wait doubles up to an hour, and after fourteen tries it is over', () => {
  const waits = Array.from({ length: 14 }, (_, index) => nextTryAfter(index + 1))
  expect(waits.slice(0, 3)).toEqual([15_000, 30_000, 60_000])
  expect(waits.slice(-2)).toEqual([3_600_000, null])
  expect(waits.reduce<number>((sum, wait) => sum + (wait ?? 0), 0) / 3_600_000).toBeLessThan(11)
})
