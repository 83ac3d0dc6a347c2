import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import type { HostedRepository } from '#domain/hosted.ts'
import type { Hosting, OwnPullRequest } from '#ports/hosting.ts'
import type { OwnBranch } from '#ports/proposals.ts'

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

let count = 0

async function pushed(below = 'auto-fix'): Promise<OwnBranch> {
  const branch = `${below}/${(count += 1)}`
  const headSha = await shop.maria.checkout.push(branch, { 'a.txt': branch }, shop.first)
  return { branch, headSha }
}

/** One of ours, as we left it, on a branch of its own. */
async function proposed(
  below = 'auto-fix',
): Promise<OwnPullRequest & { readonly left: OwnBranch }> {
  const left = await pushed(below)
  const wanted = { ...shop.at, head: left.branch, base: 'main', title: 'fix: it' }
  const { data } = await shop.octokit.rest.pulls.create(wanted)
  return { number: data.number, left }
}

const tipOf = ({ branch }: Pick<OwnBranch, 'branch'>) => hosting.branches.tip(kiosk, branch)
const tip = ({ left }: OwnPullRequest) => tipOf({ branch: left?.branch ?? '' })
const state = async ({ number }: OwnPullRequest) =>
  (await hosting.pullRequests.look(kiosk, number)).state

describe('a branch that was pushed and never proposed', () => {
  test('goes, and is no trouble where it is gone', async () => {
    const left = await pushed()
    await hosting.pullRequests.forsake(kiosk, left)
    await hosting.pullRequests.forsake(kiosk, left)
    expect(await tipOf(left)).toBeNull()
  })

  test('stays where somebody pushed to it, or it is none of ours', async () => {
    const [left, theirs] = [await pushed(), await pushed('topic')]
    const now = await shop.maria.checkout.push(left.branch, { 'b.txt': 'b' })
    for (const one of [left, theirs]) await hosting.pullRequests.forsake(kiosk, one)
    expect([await tipOf(left), await tipOf(theirs)]).toEqual([now, theirs.headSha])
  })

  test('stays where somebody proposed it', async () => {
    const left = await pushed()
    const wanted = { head: left.branch, base: 'main', title: 'mine now' }
    await shop.maria.octokit.rest.pulls.create({ ...shop.at, ...wanted })
    await hosting.pullRequests.forsake(kiosk, left)
    expect(await tipOf(left)).toBe(left.headSha)
  })
})

describe('the branch of a pull request that we close', () => {
  test.each([
    ['for good', (one: OwnPullRequest) => hosting.pullRequests.close(kiosk, one)],
    ['for a newer one', (one: OwnPullRequest) => hosting.pullRequests.supersede(kiosk, one, 99)],
  ])('goes with it, %s, also where we were stopped in between', async (_which, close) => {
    const one = await proposed()
    await close({ ...one, left: null })
    expect([await state(one), await tip(one)]).toEqual(['closed', one.left.headSha])
    await close(one)
    await close(one)
    expect([await state(one), await tip(one)]).toEqual(['closed', null])
  })

  test('stays where somebody pushed to it', async () => {
    const one = await proposed()
    const theirs = await shop.maria.checkout.push(one.left.branch, { 'b.txt': 'b' })
    await hosting.pullRequests.close(kiosk, one)
    expect([await state(one), await tip(one)]).toEqual(['closed', theirs])
  })

  test('stays where another pull request is for it', async () => {
    const one = await proposed()
    await shop.maria.checkout.push('more', { 'b.txt': 'b' }, one.left.headSha)
    const wanted = { head: 'more', base: one.left.branch, title: 'more' }
    await shop.maria.octokit.rest.pulls.create({ ...shop.at, ...wanted })
    await hosting.pullRequests.close(kiosk, one)
    expect(await tip(one)).toBe(one.left.headSha)
  })

  test.each([
    ['protected', (branch: string) => shop.repository.protectedBranches.add(branch)],
    [
      'the default branch',
      (defaultBranch: string) => Object.assign(shop.repository, { defaultBranch }),
    ],
  ])('stays where it is %s', async (_which, make) => {
    const one = await proposed()
    make(one.left.branch)
    await hosting.pullRequests.close(kiosk, one)
    expect([await state(one), await tip(one)]).toEqual(['closed', one.left.headSha])
  })

  test('stays where somebody is faster, or a rule of theirs keeps it', async () => {
    const [one, other] = [await proposed(), await proposed()]
    const meanwhile = (act: () => Promise<void>) => {
      const fault = { kind: 'meanwhile', act } as const
      shop.github.faults.add({ route: 'GET /repos/{owner}/{repo}', fault, times: 1 })
    }
    let theirs = ''
    meanwhile(async () => {
      theirs = await shop.maria.checkout.push(one.left.branch, { 'b.txt': 'b' })
    })
    await hosting.pullRequests.close(kiosk, one)
    shop.github.faults.clear()
    meanwhile(async () => void shop.repository.protectedBranches.add(other.left.branch))
    await hosting.pullRequests.close(kiosk, other)
    expect([await tip(one), await tip(other)]).toEqual([theirs, other.left.headSha])
  })

  test('stays where its name is not one of ours', async () => {
    const one = await proposed('topic')
    await hosting.pullRequests.close(kiosk, one)
    expect([await state(one), await tip(one)]).toEqual(['closed', one.left.headSha])
  })

  test.each(['closed', 'merged'])('stays where somebody %s it', async (how) => {
    const one = await proposed()
    const at = { ...shop.at, pull_number: one.number }
    const { pulls } = shop.maria.octokit.rest
    await (how === 'closed' ? pulls.update({ ...at, state: 'closed' }) : pulls.merge(at))
    await hosting.pullRequests.close(kiosk, one)
    expect([await state(one), await tip(one)]).toEqual([how, one.left.headSha])
  })
})
