import { setTimeout as sleep } from 'node:timers/promises'

import { expect, test } from 'vitest'

import { pace } from '#adapters/github/pace.ts'

test('twenty writes of an installation go at once, and the next has to wait, and goes', async () => {
  const began = performance.now()
  const went: number[] = []
  const write = async (): Promise<void> => void went.push(performance.now() - began)
  const all = Array.from({ length: 21 }, () => pace.write.key('busy').schedule(write))

  await Promise.all(all.slice(0, 20))
  await sleep(500)
  await pace.write.key('another').schedule(write)
  const sentBefore = went.length
  await Promise.all(all)

  expect(went[19]).toBeLessThan(2000)
  // The twenty, and the other installation's.
  expect(sentBefore).toBe(21)
  expect(went[21]).toBeGreaterThan(2000)
})
