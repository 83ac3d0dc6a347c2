import { assert, property, string, uuid } from 'fast-check'
import { expect, test } from 'vitest'

import { branchFor, slug } from '#policy/branch.ts'

test('a branch is named after its task and says what it does', () => {
  expect(branchFor('t1', 'Fix formatting in src/Übersicht.ts!')).toBe(
    'auto-fix/t1-fix-formatting-in-src-ubersicht-ts',
  )
  expect(branchFor('t1', '日本')).toBe('auto-fix/t1')
})

test('no title makes a branch name that git refuses, or one longer than sixty characters', () => {
  assert(
    property(uuid(), string({ unit: 'binary', maxLength: 200 }), (task, title) => {
      const branch = branchFor(task, title)
      expect(branch).toMatch(/^auto-fix\/[a-z0-9]+(?:-[a-z0-9]+)*$/)
      expect(branch.length).toBeLessThanOrEqual(60)
      expect(branch.startsWith(`auto-fix/${task}`)).toBe(true)
    }),
  )
})

test('a slug has no room when nothing is left', () => {
  expect(slug('anything', -3)).toBe('')
})
