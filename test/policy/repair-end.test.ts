import { expect, test } from 'vitest'

import { repairEnd } from '#policy/repair-end.ts'

test.each([
  ['a fix that is green', null, true, 'green', 'green'],
  ['a fix on which nothing reports', null, true, 'none', 'green'],
  ['a fix that was merged', null, true, 'merged', 'green'],
  ['a fix shown and not pushed', null, true, null, 'green'],
  ['a fix whose checks did not end', null, true, 'pending', 'stood-down'],
  ['a fix whose checks are red', null, true, 'red', 'unfixed'],
  ['nothing red', null, false, null, 'stood-down'],
  ['no fix', 'no-fix-found', false, null, 'unfixed'],
  ['five rounds', 'rounds-spent', true, null, 'unfixed'],
  ['the same again', 'same-failure', false, null, 'unfixed'],
  ['a time limit', 'timed-out', false, null, 'unfixed'],
  ['a branch that moved', 'head-moved', true, null, 'stood-down'],
  ['a proposal of somebody else', 'taken-over', true, null, 'stood-down'],
  ['another run that has it', 'being-repaired', false, null, 'stood-down'],
  ['a fix that was held back', 'too-many-open', true, null, 'stood-down'],
] as const)('%s is on record as what it was', (...row) => {
  const [, reason, isRepaired, verdict, end] = row
  expect(repairEnd({ reason, isRepaired, verdict })).toBe(end)
})
