import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { objectionToRevert } from '#policy/revertible.ts'
import type { Reverted } from '#ports/repositories.ts'

import { mirroredShop, type MirroredShop } from '../../support/mirrored-shop.ts'

let shop: MirroredShop

beforeEach(async () => {
  shop = await mirroredShop()
  shop.user.write('list.txt', 'a\nb\nc\nd\ne\nf\ng\n')
  shop.user.commit('a list')
})
afterEach(() => shop.place.remove())

/** What takes back a commit on top of the head of `main`. */
async function reverted(of: string): Promise<Reverted> {
  const { repositories, user } = shop
  const mirror = await repositories.mirror(user.directory)
  const onto = user.git('rev-parse', 'HEAD').trim()
  return repositories.reversal(mirror, { of, onto, patch: [] })
}

test('a commit is taken back, and what came after it stays', async () => {
  const { user } = shop
  user.write('list.txt', 'a\nB\nc\nd\ne\nf\ng\n')
  user.write('new.ts', 'export {}\n')
  user.git('rm', '--quiet', 'old.ts')
  const culprit = user.commit('break it')
  user.write('list.txt', 'a\nB\nc\nd\ne\nf\nG\n')
  user.commit('something else')

  expect(await reverted(culprit)).toEqual({
    kind: 'reverted',
    patch: [
      { path: 'list.txt', content: 'a\nb\nc\nd\ne\nf\nG\n' },
      { path: 'new.ts', content: null },
      { path: 'old.ts', content: 'old\n' },
    ],
  })
})

test('the paths in which two commits differ are those that were written, moved or deleted', async () => {
  const { repositories, user } = shop
  const from = user.git('rev-parse', 'HEAD').trim()
  user.write('list.txt', 'a\n')
  user.git('mv', 'old.ts', 'näw.ts')
  const to = user.commit('change it')
  const mirror = await repositories.mirror(user.directory)

  expect(await repositories.changed(mirror, from, to)).toEqual(['list.txt', 'näw.ts', 'old.ts'])
})

test('a merge is taken back as a whole, to what its first parent was', async () => {
  const { user } = shop
  user.git('checkout', '--quiet', '-b', 'topic')
  user.write('one.ts', '1\n')
  user.commit('one')
  user.write('two.ts', '2\n')
  user.commit('two')
  user.git('checkout', '--quiet', 'main')
  user.write('main.ts', 'm\n')
  user.commit('meanwhile')
  user.git('merge', '--quiet', '--no-ff', '-m', 'merge topic', 'topic')

  expect(await reverted(user.git('rev-parse', 'HEAD').trim())).toEqual({
    kind: 'reverted',
    patch: [
      { path: 'one.ts', content: null },
      { path: 'two.ts', content: null },
    ],
  })
})

/** A branch `topic` of two commits, each a new file. */
function topicOfTwo(): void {
  const { user } = shop
  user.git('checkout', '--quiet', '-b', 'topic')
  user.write('one.ts', '1\n')
  user.commit('one')
  user.write('two.ts', '2\n')
  user.commit('two')
  user.git('checkout', '--quiet', 'main')
  user.write('main.ts', 'm\n')
  user.commit('meanwhile')
}

/** What landed on `main`, the newest first. */
async function landed(most = 4) {
  const { repositories, user } = shop
  const mirror = await repositories.mirror(user.directory)
  return repositories.landed(mirror, user.git('rev-parse', 'HEAD').trim(), most)
}

const gone = (path: string) => ({ path, content: null })

test('a squash is taken back as a whole', async () => {
  const { user } = shop
  topicOfTwo()
  user.git('merge', '--quiet', '--squash', 'topic')
  const squash = user.commit('topic (#5)')

  expect((await landed(2)).map(({ subject }) => subject)).toEqual(['topic (#5)', 'meanwhile'])
  const patch = [gone('one.ts'), gone('two.ts')]
  expect(await reverted(squash)).toEqual({ kind: 'reverted', patch })
})

test('of what was rebased each commit is by itself, and one of them is taken back', async () => {
  const { user } = shop
  topicOfTwo()
  user.git('rebase', '--quiet', 'main', 'topic')
  user.git('checkout', '--quiet', 'main')
  user.git('merge', '--quiet', '--ff-only', 'topic')

  const [second, first] = await landed(3)
  expect([second?.subject, first?.subject]).toEqual(['two', 'one'])
  expect(await reverted(first?.sha ?? '')).toEqual({ kind: 'reverted', patch: [gone('one.ts')] })
})

test('a merge of a merge is one change of the branch', async () => {
  const { user } = shop
  topicOfTwo()
  user.git('checkout', '--quiet', 'topic')
  user.git('merge', '--quiet', '-m', 'catch up', 'main')
  user.git('checkout', '--quiet', 'main')
  user.git('merge', '--quiet', '--no-ff', '-m', 'merge topic', 'topic')

  const [merge, before] = await landed(2)
  expect([merge?.subject, before?.subject]).toEqual(['merge topic', 'meanwhile'])
  const patch = [gone('one.ts'), gone('two.ts')]
  expect(await reverted(merge?.sha ?? '')).toEqual({ kind: 'reverted', patch })
})

test('what git itself took back, and brought again, is known by its words', async () => {
  const { user } = shop
  topicOfTwo()
  user.git('merge', '--quiet', '--no-ff', '-m', 'merge topic', 'topic')
  user.git('revert', '--no-edit', '-m', '1', 'HEAD')
  user.git('revert', '--no-edit', 'HEAD')

  const [again, back, merge] = await landed(3)
  if (again === undefined || back === undefined || merge === undefined) throw new Error('three')
  expect(objectionToRevert({ culprit: again, later: [] })).toBe('is-a-revert')
  expect(objectionToRevert({ culprit: back, later: [again] })).toBe('is-a-revert')
  expect(objectionToRevert({ culprit: merge, later: [again, back] })).toBe('already-reverted')
  expect(objectionToRevert({ culprit: merge, later: [] })).toBe(null)
})

describe('nothing is guessed', () => {
  test('where a later commit changed the same lines', async () => {
    const { user } = shop
    user.write('list.txt', 'a\nB\nc\nd\ne\nf\ng\n')
    const culprit = user.commit('break it')
    user.write('list.txt', 'a\nBB\nc\nd\ne\nf\ng\n')
    user.commit('build on it')

    expect(await reverted(culprit)).toEqual({ kind: 'conflicts', paths: ['list.txt'] })
  })

  test.each([
    ['a program', () => shop.user.git('rm', '--quiet', 'bin/run.sh')],
    ['a link', () => shop.user.git('rm', '--quiet', 'link')],
    ['bytes that are no text', () => shop.user.write('image.bin', 'a\0b')],
  ])('where %s would come back as plain text', async (what, change) => {
    const { user } = shop
    if (what.startsWith('bytes')) {
      change()
      user.commit('an image')
      user.git('rm', '--quiet', 'image.bin')
    } else change()
    const culprit = user.commit('remove it')

    expect((await reverted(culprit)).kind).toBe('not-text')
  })
})

test('the history says what landed, the newest first, whatever a message holds', async () => {
  const { user, repositories } = shop
  user.write('list.txt', 'x\n')
  const sha = user.commit('subject\n\nbody \u0001 of\n\nThis reverts commit abc.')
  const mirror = await repositories.mirror(user.directory)

  const landed = await repositories.landed(mirror, sha, 2)

  expect(landed).toMatchObject([
    { sha, subject: 'subject', body: 'body \u0001 of\n\nThis reverts commit abc.' },
    { subject: 'a list', body: '', author: 'A Person' },
  ])
  expect(landed[0]?.parents).toEqual([landed[1]?.sha])
})
