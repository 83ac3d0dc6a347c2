import { expect, test } from 'vitest'

import { checkOf } from '../support/fix-world.ts'
import { brokenIn, observing, propose, stubborn } from '../support/ladder-world.ts'

const unit = checkOf('unit', 'vitest')

test('the tests that reach the last repair begin while its own check runs', async () => {
  const [one, other] = [checkOf('one', 'tsc'), checkOf('other', 'tsc')]
  const broken = { one: brokenIn(one, 'a.ts'), other: brokenIn(other, 'b.ts') }
  const { observer, asked } = observing(broken)

  await propose({
    observer,
    failures: [
      [one, broken.one([])],
      [other, broken.other([])],
    ],
    beside: [unit],
  })

  // On the first repair alone they would prove nothing.
  expect(asked.filter((name) => name.startsWith('unit'))).toEqual(['unit for a.ts,b.ts'])
})

test('nothing is proved ahead of time where a check is beyond us', async () => {
  const [one, other] = [checkOf('one', 'tsc'), checkOf('other', 'tsc')]
  const broken = brokenIn(other, 'a.ts')
  const { observer, asked } = observing({ one: stubborn, other: broken })

  await propose({
    observer,
    failures: [
      [one, stubborn([])],
      [other, broken([])],
    ],
    beside: [unit],
  })

  expect(asked).not.toContain('unit for a.ts')
})
