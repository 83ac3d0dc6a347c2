import { expect, test } from 'vitest'

import { omittedNotes } from '#messages/fix-notes.ts'

test('what a checkout leaves out is named with its reason', () => {
  const notes = omittedNotes([
    { path: 'vendor/lib', because: 'submodule' },
    { path: 'passwd', because: 'symlink-leaves-tree' },
  ])

  expect(notes).toEqual([
    'left out: vendor/lib, a submodule',
    'left out: passwd, a link that leads out of the repository',
  ])
})

test('of many omissions only the first are named', () => {
  const many = Array.from({ length: 9 }, (_, index) => `vendor/${index}`)
  const notes = omittedNotes(many.map((path) => ({ path, because: 'submodule' })))

  expect(notes).toHaveLength(6)
  expect(notes.at(-1)).toBe('left out: 4 more of the kind')
})
