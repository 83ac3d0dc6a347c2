import { expect, test } from 'vitest'

import type { LadderPorts } from '#steps/propose-fix.ts'
import { verifyFix } from '#steps/verify-fix.ts'

import {
  checkOf,
  contextOf,
  findingOf,
  headPlace,
  ladderPorts,
  said,
} from '../support/fix-world.ts'

const red = said(findingOf('tsc', 'a.ts', 'Cannot find name'))

/** A tree whose type check turns green at the given observation, or never. */
function ports(greenAt: number) {
  let observations = 0
  const observe = () => {
    observations += 1
    return Promise.resolve(observations >= greenAt ? said() : red)
  }
  const observer = { observe, again: observe }
  return { all: ladderPorts({ 'a.ts': 'x' }, { observer }), count: () => observations }
}

function verify(all: LadderPorts) {
  const kind = verifyFix(all)
  const input = kind.input.parse({
    place: headPlace,
    patch: [{ path: 'a.ts', content: 'fixed' }],
    repairs: [],
    failures: [],
    setAside: [],
    greens: [{ check: checkOf('types', 'tsc'), evidence: said() }],
    configuration: null,
    rungs: [],
  })
  return kind.run(input, contextOf().context)
}

test.each([
  [1, 'done'],
  [2, 'done'],
  [3, 'done'],
  [4, 'failed'],
])('a type check that is green at attempt %i of a fix ends it %s', async (attempt, ending) => {
  // Between two attempts the ladder looks once at what the first one broke.
  const { all, count } = ports(2 * attempt - 1)
  const outcome = await verify(all)
  expect(outcome.kind).toBe(ending)
  expect(count()).toBe(2 * Math.min(attempt, 3) - 1)
})

test('a fix that breaks what was green says which finding it would have caused', async () => {
  const outcome = await verify(ports(9).all)
  expect(outcome).toEqual({
    kind: 'failed',
    reason: 'type-check-failed',
    detail: 'types: Cannot find name',
  })
})
