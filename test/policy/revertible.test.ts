import { expect, test } from 'vitest'

import type { Keeping, Landed } from '#domain/culprit.ts'
import { objectionToRevert } from '#policy/revertible.ts'

const sha = 'abcdef0123456789abcdef0123456789abcdef01'
const commit = (subject: string, body = ''): Landed => ({
  sha,
  parents: ['b'.repeat(40)],
  subject,
  body,
  author: 'A Person',
  at: '2026-11-21T00:00:00Z',
})
const back = `This reverts commit ${sha}.`

test.each<[string, Landed, readonly Landed[], Keeping | null]>([
  ['an ordinary commit', commit('feat: sell tea'), [commit('fix: x')], null],
  ['a commit that only talks of reverting', commit('feat: revert button'), [], null],
  ["git's revert", commit('Revert "feat: sell tea"', back), [], 'is-a-revert'],
  ['a conventional revert', commit('revert: sell tea'), [], 'is-a-revert'],
  ['a reapplied commit', commit('Reapply "feat: sell tea"'), [], 'is-a-revert'],
  ['what was taken back since', commit('feat: tea'), [commit('undo', back)], 'already-reverted'],
  ['one that opted out', commit('feat: tea', 'Text.\n\nAuto-Revert: no'), [], 'opted-out'],
  ['one that opted out as Chromium does', commit('x', 'NOAUTOREVERT=true'), [], 'opted-out'],
])('of %s', (...[, culprit, later, objection]) => {
  expect(objectionToRevert({ culprit, later })).toBe(objection)
})
