import { assert, property, string, uuid } from 'fast-check'
import { expect, test } from 'vitest'

import { branchFor, slug, taskSignature } from '#policy/signature.ts'

import { found } from '../support/observed.ts'

const a = found({ message: 'a' })
const b = found({ message: 'b' })

test('a failure keeps its signature when its findings come in another order or on other lines', () => {
  const signature = taskSignature('types', [a, b])

  expect(taskSignature('types', [{ ...b, line: 9 }, a])).toBe(signature)
  expect(signature).toMatch(/^[0-9a-f]{16}$/)
})

test.each([
  ['another check', taskSignature('lint', [a])],
  ['another finding', taskSignature('types', [b])],
  ['one finding more', taskSignature('types', [a, a])],
  ['no finding', taskSignature('types', [])],
])('%s has another signature', (_title, other) => {
  expect(other).not.toBe(taskSignature('types', [a]))
})

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
