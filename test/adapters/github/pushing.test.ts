import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { gitRepositories } from '#adapters/git/repositories.ts'
import { githubClients } from '#adapters/github/clients.ts'
import { gitCredentials } from '#adapters/github/git-credentials.ts'
import type { Mirror, Repositories } from '#ports/repositories.ts'

import { openShop, type Shop } from '../../support/github/shop.ts'

const branch = 'auto-fix/1-types'
let shop: Shop
let home: string
let repositories: Repositories
let mirror: Mirror
/** The red head of somebody's branch, and our fix on top of it, in our mirror. */
let red: string
let fix: string

beforeEach(async () => {
  // As app.yml asks for: no right to write workflows.
  const permissions = { contents: 'write', metadata: 'read', pull_requests: 'write' } as const
  shop = await openShop({ permissions })
  const { keeper, github } = shop
  red = await shop.maria.checkout.push('topic', { '.github/workflows/ci.yml': 'on: push\n' })
  home = mkdtempSync(join(tmpdir(), 'goalkeeper-pushing-'))
  const known = { appId: keeper.app.id, privateKey: keeper.privateKey, apiUrl: github.api }
  const credentials = gitCredentials(githubClients(known), github.url)
  repositories = gitRepositories({ home, env: process.env, credentials })
  mirror = await repositories.mirror(`${github.url}/acme/kiosk.git`)
  fix = await written('two\n', red)
})
afterEach(async () => {
  await shop.close()
  rmSync(home, { recursive: true, force: true })
})

async function written(content: string, parent: string, to = branch): Promise<string> {
  const patch = [{ path: 'a.txt', content }]
  const of = { message: 'fix: a', at: new Date('2026-11-21T01:02:03Z') }
  const result = await repositories.commit({ ...of, mirror, branch: to, parent, patch })
  if (result.kind === 'refused') throw new Error(result.detail)
  return result.sha
}

const deliver = (from: string | null = null) => repositories.deliver(mirror, branch, { from })

async function tip(of = branch): Promise<string> {
  const lines = await shop.maria.checkout.git('ls-remote', 'origin', `refs/heads/${of}`)
  return lines.split('\t')[0] ?? ''
}

describe('a fix reaches its branch', () => {
  test('once, also on a pull request that changes a workflow, which we may not write', async () => {
    expect([await deliver(), await deliver(), await tip()]).toEqual(['delivered', 'delivered', fix])
  })

  test('in a later round from where we left it', async () => {
    await deliver()
    const second = await written('three\n', fix)
    expect([await deliver(fix), await tip()]).toEqual(['delivered', second])
  })
})

describe('the red branch was pushed by force after it was judged', () => {
  test('to other commits: the fix goes to a branch of its own, and theirs stays', async () => {
    const plain = await shop.maria.checkout.push('plain', { 'c.txt': 'c\n' }, shop.first)
    mirror = await repositories.mirror(mirror.origin)
    const other = 'auto-fix/2-lint'
    const ours = await written('two\n', plain, other)
    const theirs = await shop.maria.checkout.push('plain', { 'b.txt': 'b\n' }, shop.first)
    const delivered = await repositories.deliver(mirror, other, { from: null })
    expect([delivered, await tip(other), await tip('plain')]).toEqual(['delivered', ours, theirs])
  })

  test('and its workflow with it, which we may not bring back', async () => {
    await shop.maria.checkout.push('topic', { 'b.txt': 'b\n' }, shop.first)
    expect([await deliver(), await tip()]).toEqual(['moved', ''])
  })
})

describe('what somebody pushed to the branch of a fix stays', () => {
  test('where they had it before us', async () => {
    const theirs = await shop.maria.checkout.push(branch, { 'b.txt': 'b\n' }, shop.first)
    expect([await deliver(), await tip()]).toEqual(['moved', theirs])
  })

  test.each([
    ['on top of ours', () => fix],
    ['by force', () => red],
  ])('where they pushed between two rounds %s', async (_where, from) => {
    await deliver()
    await written('three\n', fix)
    const theirs = await shop.maria.checkout.push(branch, { 'b.txt': 'b\n' }, from())
    expect([await deliver(fix), await tip()]).toEqual(['moved', theirs])
  })

  test('where they took it away', async () => {
    await deliver()
    await written('three\n', fix)
    await shop.maria.checkout.git('push', '--quiet', 'origin', `:refs/heads/${branch}`)
    expect([await deliver(fix), await tip()]).toEqual(['moved', ''])
  })
})
