import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, test } from 'vitest'

import { gitRepositories } from '#adapters/git/repositories.ts'
import type { Repositories } from '#ports/repositories.ts'

import { at, branch, mirroredShop, type MirroredShop } from '../../support/mirrored-shop.ts'

let shop: MirroredShop
let home: string
let other: Repositories

beforeEach(async () => {
  shop = await mirroredShop()
  home = mkdtempSync(join(tmpdir(), 'goalkeeper-elsewhere-'))
  other = gitRepositories({ home, env: process.env })
})
afterEach(() => {
  shop.place.remove()
  rmSync(home, { recursive: true, force: true })
})

const patch = [{ path: 'src/a.ts', content: 'export const a = 2\n' }]

test('a run that began on another machine goes on here: files, commits and branches are the same', async () => {
  const { mirror, head, user } = shop
  const commit = { mirror, branch, parent: head, patch, message: 'fix: a', at }
  const there = await shop.repositories.commit(commit)
  const here = await other.commit(commit)
  await other.deliver(mirror, branch, { from: null })

  expect(here).toEqual(there)
  expect(await other.read(mirror, head, 'src/a.ts')).toBe('export const a = 1\n')
  expect(user.git('rev-parse', branch).trim()).toBe(here.kind === 'written' && here.sha)
})

test('a branch that was pushed from another machine is gone on with, and written again it changes nothing', async () => {
  const { mirror, head, user } = shop
  const commit = { mirror, branch, parent: head, patch, message: 'fix: a', at }
  const first = await shop.repositories.commit(commit)
  await shop.repositories.deliver(mirror, branch, { from: null })
  const parent = first.kind === 'written' ? first.sha : ''
  const more = { ...commit, parent, patch: [{ path: 'b.ts', content: 'b\n' }] }

  expect(await other.commit(commit)).toEqual(first)
  expect(await other.commit(more)).toMatchObject({ because: 'outside-scope' })
  const second = await other.commit({ ...more, isOnTop: true })
  await other.deliver(mirror, branch, { from: parent })
  expect(user.git('rev-parse', branch).trim()).toBe(second.kind === 'written' && second.sha)
})

test('a mirror that was deleted in the middle of a run is made anew with the commit of the run', async () => {
  const { mirror, head, repositories } = shop
  await repositories.read(mirror, head, 'src/a.ts')
  rmSync(mirror.directory, { recursive: true })

  expect(await repositories.read(mirror, head, 'src/a.ts')).toBe('export const a = 1\n')
  expect(await repositories.read(mirror, head, 'src/a.ts')).toBe('export const a = 1\n')
})
