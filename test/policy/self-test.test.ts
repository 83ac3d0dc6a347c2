import { expect, test } from 'vitest'

import type { SelfTestSeen } from '#domain/self-test.ts'
import { judgeSelfTest } from '#policy/self-test.ts'

const at = new Date(0)
const good: SelfTestSeen = {
  number: 7,
  head: 'a',
  isAsWritten: true,
  begunAt: at,
  liveAt: at,
  isHeard: true,
  isCleared: true,
}
const allGood = { commit: true, proposal: true, deploy: true, webhook: true, 'clean-up': true }
const nothing = { number: null, isAsWritten: null, liveAt: null, isHeard: null, isCleared: null }

test.each([
  ['that all worked', {}, {}],
  ['another commit there', { isAsWritten: false }, { proposal: false }],
  ['no deploy', { liveAt: null, isHeard: null }, { deploy: false, webhook: null }],
  ['no word of GitHub', { isHeard: false }, { webhook: false }],
  ['a branch that is left', { isCleared: false }, { 'clean-up': false }],
  ['nobody who cleared it away', { isCleared: null }, { 'clean-up': false }],
  ['nothing proposed', nothing, { proposal: false, deploy: null, webhook: null, 'clean-up': null }],
  [
    'nothing committed',
    { ...nothing, head: null },
    { commit: false, proposal: null, deploy: null, webhook: null, 'clean-up': null },
  ],
])('who saw %s judges each step by itself, and what was not seen is not good', (...of) => {
  const [, seen, expected] = of
  expect(judgeSelfTest({ ...good, ...seen })).toEqual({ ...allGood, ...expected })
})
