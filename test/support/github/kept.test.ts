import { expect, test } from 'vitest'

import { keep } from './kept.ts'

test('a list that is asked to keep so many keeps the newest, and never a quarter more', () => {
  const list: number[] = []
  let longest = 0
  for (let entry = 0; entry < 1000; entry += 1) {
    keep(list, entry, 100)
    longest = Math.max(longest, list.length)
  }

  expect(longest).toBeLessThanOrEqual(126)
  expect(list.slice(-100)).toEqual(Array.from({ length: 100 }, (_, index) => 900 + index))
})
