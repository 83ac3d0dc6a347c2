import { describe, expect, test } from 'vitest'

import { caps, offer, type OwnPullRequest, shapeOfFailure } from '#policy/offer.ts'

import { checkOf, findingOf, said } from '../support/fix-world.ts'

const now = new Date('2026-11-21T06:00:00Z')
const about = { base: 'main', now }

function own(more: Partial<OwnPullRequest> = {}): OwnPullRequest {
  return {
    number: 1,
    state: 'open',
    base: 'topic',
    createdAt: new Date('2026-11-20T06:00:00Z'),
    isSameFailure: false,
    isGivenUp: false,
    isTakenBack: false,
    isBeside: false,
    isTheirs: false,
    ...more,
  }
}

const justNow = new Date('2026-11-21T05:30:00Z')
const closed = { state: 'closed', isSameFailure: true } as const

test.each([
  ['nothing was proposed before', []],
  ['another failure was declined', [own({ ...closed, isSameFailure: false })]],
  ['the same was proposed and given way to a newer one', [own({ ...closed, isGivenUp: true })]],
  ['the same was merged, and is back', [own({ ...closed, state: 'merged' })]],
  ['nine wait', Array.from({ length: caps.open - 1 }, () => own())],
  ['somebody goes on with one for another failure', [own({ base: 'main', isTheirs: true })]],
  ['what takes back a commit waits for the branch', [own({ base: 'main', isBeside: true })]],
  ['one was proposed within the hour', [own({ createdAt: justNow })]],
])('a fix is proposed when %s', (_when, before) => {
  expect(offer(before, about)).toEqual({ kind: 'offer', supersedes: [] })
})

test.each([
  ['declined-before', [own(closed)]],
  ['declined-before', [own({ state: 'merged', isSameFailure: true, isTakenBack: true })]],
  ['with-somebody', [own({ isSameFailure: true, isTheirs: true })]],
  ['too-many-open', Array.from({ length: caps.open }, () => own())],
  ['too-many-lately', [own({ createdAt: justNow }), own({ createdAt: justNow, state: 'merged' })]],
] as const)('a fix is kept back: %s', (because, before) => {
  expect(offer(before, about)).toEqual({ kind: 'hold', because })
})

test('an older proposal for the same branch gives way, and counts for nothing', () => {
  const before = [
    own({ number: 7, base: 'main', createdAt: justNow }),
    own({ number: 6, base: 'main', createdAt: justNow }),
  ]
  expect(offer(before, about)).toEqual({ kind: 'offer', supersedes: [7, 6] })
})

const of = (line: number, message = 'Cannot find name') => {
  const finding = { ...findingOf('tsc', 'a.ts', message), line }
  const evidence = said(finding)
  return { check: checkOf('types', 'tsc'), evidence, targets: [finding], preExisting: [] }
}

describe('a failure', () => {
  test('is the same on another line, and however often it is found', () => {
    expect(shapeOfFailure([of(1)])).toBe(shapeOfFailure([of(9), of(12)]))
  })

  test('is another with another message', () => {
    expect(shapeOfFailure([of(1)])).not.toBe(shapeOfFailure([of(1, 'Cannot find module')]))
  })
})
