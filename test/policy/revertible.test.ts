import { expect, test } from 'vitest'

import type { Keeping, Landed, RevertState } from '#domain/culprit.ts'
import type { FailureReason } from '#domain/outcome.ts'
import {
  landing,
  leftAlone,
  objectionToPropose,
  objectionToRevert,
  takenBackIn,
} from '#policy/revertible.ts'

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
  [
    'a squash that the button of GitHub took back',
    commit('feat: tea (#12)'),
    [commit('Revert "feat: tea (#12)" (#13)', 'Reverts acme/kiosk#12')],
    'already-reverted',
  ],
  [
    'a merge that the button of GitHub took back',
    commit('Merge pull request #12 from acme/tea'),
    [commit('Merge pull request #13', 'Reverts #12')],
    'already-reverted',
  ],
  [
    'one whose neighbour the button of GitHub took back',
    commit('feat: tea (#12)'),
    [commit('Revert "feat: milk (#1)" (#13)', 'Reverts acme/kiosk#1')],
    null,
  ],
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
  authors: ['maria'],
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
  ['what a protected author wrote', { authors: ['release-bot'] }, 'protected-author'],
  ['what a protected author brought', { authors: ['maria', 'Release-Bot'] }, 'protected-author'],
  ['what nobody of GitHub wrote', { authors: [] }, null],
  ['the sixth of a day', { proposedToday: 5 }, 'too-many-today'],
])('to propose taking back %s', (...[, more, objection]) => {
  expect(objectionToPropose({ ...standing, ...more }, rules)).toBe(objection)
})

const green = { verdict: 'green', needsHuman: false, readiedToday: 2, most: 3 } as const

test.each<[string, Partial<Parameters<typeof landing>[0]>, RevertState]>([
  ['is green', {}, 'ready'],
  ['nothing ever reported on', { verdict: 'none' }, 'ready'],
  ['somebody merged meanwhile', { verdict: 'merged', readiedToday: 9 }, 'merged'],
  ['is red', { verdict: 'red' }, 'red'],
  ['is still being checked', { verdict: 'pending' }, 'pending'],
  ['a human has to look at', { needsHuman: true, readiedToday: 9 }, 'for-human'],
  ['is the fourth of a day', { readiedToday: 3 }, 'too-many-ready'],
])('a revert that %s', (...[, more, state]) => {
  expect(landing({ ...green, ...more })).toBe(state)
})

test.each<[FailureReason | null, Keeping]>([
  [null, 'shadow'],
  ['fixed-forward', 'fixed-forward'],
  ['newly-broken', 'needed-since'],
  ['head-moved', 'branch-changed'],
  ['sandbox-limit', 'not-proved'],
])('a culprit of a run that ended with %s was left alone because of: %s', (reason, kept) => {
  expect(leftAlone(reason)).toBe(kept)
})

test.each<[string, string, ReturnType<typeof takenBackIn>]>([
  ["git's revert", `Revert "feat: tea"\n\n${back}`, { commits: [sha], pulls: [] }],
  ['a squash of the button', 'Revert "tea" (#13)\n\nReverts acme/kiosk#12', pullsOnly(12)],
  ['an ordinary commit', `feat: tea\n\nSee ${sha} and #12`, pullsOnly()],
  ['a name that may mean several', 'x\n\nThis reverts commit abcdef0.', pullsOnly()],
])('what %s takes back', (...[, message, expected]) => {
  expect(takenBackIn(['docs: x', message])).toEqual(expected)
})

function pullsOnly(...pulls: number[]): ReturnType<typeof takenBackIn> {
  return { commits: [], pulls }
}
