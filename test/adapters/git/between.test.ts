import { afterEach, beforeEach, expect, test } from 'vitest'

import { changeBetween } from '#steps/weigh-change.ts'

import { mirroredShop, type MirroredShop } from '../../support/mirrored-shop.ts'

let shop: MirroredShop

beforeEach(async () => {
  shop = await mirroredShop()
})
afterEach(() => shop.place.remove())

const all = () => true

/** Somebody else's commit on the default branch, and a commit on a branch that began before it. */
function history() {
  const { user, head } = shop
  user.git('checkout', '--quiet', '-b', 'topic')
  user.write('docs/a.md', 'two\n')
  const topic = user.commit('docs')
  user.git('checkout', '--quiet', '-')
  user.write('src/b.ts', 'export const b = 1\n')
  const main = user.commit('b')
  user.git('merge', '--quiet', '--no-ff', '-m', 'merge', 'topic')
  return { live: head, topic, main, merged: user.git('rev-parse', 'HEAD').trim() }
}

test('what would go live is all that came since then, and of a branch only what is its own', async () => {
  const { live, topic, main, merged } = history()
  const origin = shop.user.directory
  const between = async (from: string, sha: string, isMerged: boolean) =>
    (await changeBetween(shop.repositories, { origin, from, sha, isMerged }, all))?.files

  expect(await between(live, merged, true)).toEqual(['docs/a.md', 'src/b.ts'])
  expect(await between(main, merged, true)).toEqual(['docs/a.md'])
  expect(await between(main, topic, false)).toEqual(['docs/a.md'])
  expect(await between(live, 'f'.repeat(40), true)).toBeUndefined()
})

test('its texts are read where its paths are wanted, and not where one is no text', async () => {
  const { live, merged } = history()
  const of = { origin: shop.user.directory, from: live, sha: merged, isMerged: true }
  expect(await changeBetween(shop.repositories, of, all)).toMatchObject({
    change: [
      { path: 'docs/a.md', before: null, after: 'two\n' },
      { path: 'src/b.ts', before: null, after: 'export const b = 1\n' },
    ],
  })
  expect(await changeBetween(shop.repositories, of, () => false)).toMatchObject({ change: null })

  shop.user.link('docs/secret.md', '/etc/passwd')
  const linked = shop.user.commit('link')
  const toLink = { ...of, sha: linked }
  expect(await changeBetween(shop.repositories, toLink, all)).toMatchObject({ change: null })
})
