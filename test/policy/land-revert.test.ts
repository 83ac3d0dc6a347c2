import { expect, test } from 'vitest'

import { landingOf } from '#policy/land-revert.ts'

type Looked = Parameters<typeof landingOf>[0]

const ready: Looked = {
  pull: { state: 'open', headSha: 'r1', isDraft: false, branch: 'takes' },
  head: 'r1',
  verdict: 'green',
  stopped: null,
}
const looked = (pull: Partial<Looked['pull']>, more: Partial<Looked> = {}): Looked => ({
  ...ready,
  ...more,
  pull: { ...ready.pull, ...pull },
})

test.each<[string, Looked, string]>([
  ['green and taken by its branch', ready, 'merge'],
  ['green and a draft', looked({ isDraft: true }), 'make-ready'],
  ['merged by somebody', looked({ state: 'merged' }, { verdict: 'red' }), 'ended: merged'],
  ['closed', looked({ state: 'closed' }), 'ended: closed'],
  ['at another commit', looked({ headSha: 'r2' }), 'ended: head-moved'],
  ['red', looked({}, { verdict: 'red' }), 'waits: checks-red'],
  ['not yet judged', looked({ isDraft: true }, { verdict: 'pending' }), 'waits: checks-pending'],
  ['judged by nobody', looked({}, { verdict: 'none' }), 'waits: checks-none'],
  ['in want of a review', looked({ branch: 'protected' }), 'waits: protected'],
  ['behind', looked({ branch: 'behind' }), 'waits: behind'],
  ['in conflict', looked({ branch: 'conflict' }), 'waits: conflict'],
  ['of unknown state', looked({ branch: 'unknown' }), 'waits: unknown'],
  ['green while Goalkeeper is paused', looked({}, { stopped: 'paused' }), 'waits: paused'],
])('a revert that is %s: %3$s', (_what, one, wanted) => {
  const found = landingOf(one)
  expect('because' in found ? `${found.kind}: ${found.because}` : found.kind).toBe(wanted)
})
