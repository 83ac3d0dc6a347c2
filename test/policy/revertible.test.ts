import { expect, test } from 'vitest'

import type { Keeping, Landed } from '#domain/culprit.ts'
import { objectionToPropose, objectionToRevert } from '#policy/revertible.ts'

const sha = 'abcdef0123456789abcdef0123456789abcdef01'
const commit = (subject: string, body = ''): Landed => ({
  sha,
  tree: '',
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

test('a trailer of somebody who may not write here does not count', () => {
  const culprit = commit('feat: tea', 'Auto-Revert: no')
  expect(objectionToRevert({ culprit, later: [], isDeaf: true })).toBe(null)
})

const now = new Date('2026-11-29T12:00:00Z')
const standing = {
  landedAt: new Date('2026-11-29T11:00:00Z'),
  author: { login: 'maria', role: 'write' },
  vetoes: [],
  isProposedBefore: false,
  proposedToday: 4,
}
const rules = { now, ageHours: 24, revertsADay: 5, protectedAuthors: ['Release-Bot'] }

test.each<[string, Partial<Parameters<typeof objectionToPropose>[0]>, Keeping | null]>([
  ['what landed an hour ago', {}, null],
  ['what landed a day ago', { landedAt: new Date('2026-11-28T12:00:00Z') }, null],
  ['what landed before that', { landedAt: new Date('2026-11-28T11:59:59Z') }, 'too-old'],
  ['what a maintainer labelled', { vetoes: ['maintain'] }, 'opted-out'],
  ['what somebody with the triage role labelled', { vetoes: ['triage', 'read'] }, null],
  ['what was proposed before', { isProposedBefore: true }, 'proposed-before'],
  [
    'what a protected author wrote',
    { author: { login: 'release-bot', role: 'none' } },
    'protected-author',
  ],
  ['what nobody of GitHub wrote', { author: null }, null],
  ['the sixth of a day', { proposedToday: 5 }, 'too-many-today'],
])('to propose taking back %s', (...[, more, objection]) => {
  expect(objectionToPropose({ ...standing, ...more }, rules)).toBe(objection)
})
