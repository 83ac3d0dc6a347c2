import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import type { HostedRepository } from '#domain/hosted.ts'
import type { Hosting } from '#ports/hosting.ts'

import type { Shop } from '../../support/github/shop.ts'
import { openHosting } from '../../support/hosting.ts'

let shop: Shop
let hosting: Hosting
let kiosk: HostedRepository

beforeEach(async () => {
  ;({ shop, hosting, kiosk } = await openHosting())
})
// Rejects where anything was not as GitHub describes it.
afterEach(() => shop.close())

/** A pull request of the stranger's words, brought to main in one of GitHub's three ways; the commit at the tip then. */
async function brought(merge_method: 'merge' | 'squash' | 'rebase') {
  await shop.maria.checkout.push('topic', { 'a.txt': 'a' }, shop.first)
  await shop.maria.checkout.push('main', { 'b.txt': 'b' })
  const { data } = await shop.stranger.octokit.rest.pulls.create({
    ...shop.at,
    head: 'topic',
    base: 'main',
    title: 'feat: a',
  })
  const { number } = data
  const at = { ...shop.at, issue_number: number }
  await shop.octokit.rest.issues.addLabels({ ...at, labels: ['no-auto-revert', 'chore'] })
  await shop.octokit.rest.issues.removeLabel({ ...at, name: 'no-auto-revert' })
  await shop.maria.octokit.rest.issues.addLabels({ ...at, labels: ['no-auto-revert'] })
  const merged = await shop.maria.octokit.rest.pulls.merge({
    ...shop.at,
    pull_number: number,
    merge_method,
  })
  return { sha: merged.data.sha, number }
}

describe('behind a commit', () => {
  const maria = { login: 'maria', role: 'admin' }
  test.each([
    ['merge', maria],
    ['squash', maria],
    ['rebase', null],
  ] as const)(
    'that a %s brought stands its pull request, with who opened it and the last who put a label there',
    async (method, author) => {
      const { sha, number } = await brought(method)

      expect(await hosting.changes.behind(kiosk, sha)).toEqual({
        author,
        pull: {
          number,
          author: { login: 'stranger', role: 'read' },
          labels: [
            { name: 'chore', role: 'none' },
            { name: 'no-auto-revert', role: 'admin' },
          ],
        },
      })
    },
  )

  test('that somebody pushed stands no pull request, and nobody where GitHub knows no such address', async () => {
    const sha = await shop.maria.checkout.push('main', { 'b.txt': 'b' })

    expect(await hosting.changes.behind(kiosk, sha)).toEqual({
      author: null,
      pull: null,
    })
  })

  test('that a rebase made anew stands its pull request, also where it is not the last of them', async () => {
    await shop.maria.checkout.push('topic', { 'a.txt': 'a' }, shop.first)
    await shop.maria.checkout.push('topic', { 'c.txt': 'c' })
    await shop.maria.checkout.push('main', { 'b.txt': 'b' })
    const ask = { ...shop.at, head: 'topic', base: 'main', title: 'feat: a' }
    const { number } = (await shop.maria.octokit.rest.pulls.create(ask)).data
    const at = { ...shop.at, pull_number: number, merge_method: 'rebase' as const }
    const { sha } = (await shop.maria.octokit.rest.pulls.merge(at)).data
    const { data } = await shop.octokit.rest.repos.getCommit({ ...shop.at, ref: sha })
    const earlier = data.parents[0]?.sha ?? ''

    const brought = [earlier, sha, shop.first, 'f'.repeat(40)].map((one) =>
      hosting.changes.broughtBy(kiosk, one),
    )
    expect(await Promise.all(brought)).toEqual([number, number, null, null])
  })

  test('of a pull request that is not merged stands none', async () => {
    const sha = await shop.maria.checkout.push('topic', { 'a.txt': 'a' }, shop.first)
    await shop.octokit.rest.pulls.create({ ...shop.at, head: 'topic', base: 'main', title: 'a' })

    expect((await hosting.changes.behind(kiosk, sha)).pull).toBe(null)
  })
})
