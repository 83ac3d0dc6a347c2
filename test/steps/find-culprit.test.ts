import { expect, test } from 'vitest'

import { findCulprit } from '#steps/find-culprit.ts'

import { contextOf, headPlace, ladderPorts } from '../support/fix-world.ts'

const merged = 'd'.repeat(40)

/** Looks for who turned it red since a commit, on a branch on which only its head landed. */
async function findSince(good: string) {
  const ports = ladderPorts({}, {})
  const step = findCulprit({
    ...ports,
    store: { ...ports.store, evidence: async () => [] },
    culprits: { said: async () => null, keep: async () => undefined },
    repositories: {
      ...ports.repositories,
      resolve: async (_mirror, ref) => (ref === 'merged' ? merged : null),
      landed: async () => [],
    },
  })
  const given = { place: headPlace, failures: [], configuration: null, good }
  return await step.run(step.input.parse(given), contextOf().context)
}

test('a good commit that there is not is asked for again', async () => {
  expect(await findSince('nowhere')).toEqual({
    kind: 'failed',
    reason: 'no-commit',
    detail: 'nowhere',
  })
})

test('a good commit that did not land on the branch itself is not called unknown', async () => {
  expect(await findSince('merged')).toMatchObject({
    reason: 'no-culprit',
    detail: expect.stringContaining('dddddddddddd is none of the last 200 that landed'),
  })
})
