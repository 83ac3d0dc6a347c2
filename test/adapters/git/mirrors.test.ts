import { chmodSync, existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, test } from 'vitest'

import { gitRepositories } from '#adapters/git/repositories.ts'
import type { Repositories } from '#ports/repositories.ts'

import { gitPlace, repositoryAt } from '../../support/git-repository.ts'
import type { GitPlace, GitRepository } from '../../support/git-repository.ts'

let place: GitPlace
let user: GitRepository
let repositories: Repositories

beforeEach(() => {
  place = gitPlace()
  user = place.repository('shop')
  user.write('src/a.ts', 'export const a = 1\n')
  repositories = gitRepositories({ home: place.home, env: process.env })
})
afterEach(() => place.remove())

test('a checkout on this machine is mirrored with its HEAD, branches and tags', async () => {
  const first = user.commit('one')
  user.git('tag', 'v1')
  user.git('checkout', '--quiet', '-b', 'feature/x')
  const second = user.commit('two')

  const mirror = await repositories.mirror(user.directory)

  expect(mirror.origin).toBe(user.directory)
  expect(mirror.defaultBranch).toBe('main')
  expect(await repositories.resolve(mirror, null)).toBe(second)
  expect(await repositories.resolve(mirror, 'main')).toBe(first)
  expect(await repositories.resolve(mirror, 'v1')).toBe(first)
  expect(await repositories.resolve(mirror, 'refs/heads/feature/x')).toBe(second)
  expect(await repositories.resolve(mirror, 'HEAD~1')).toBe(first)
  expect(await repositories.resolve(mirror, second.slice(0, 10))).toBe(second)
  expect(await repositories.resolve(mirror, 'd'.repeat(40))).toBeNull()
  expect(await repositories.mergeBase(mirror, 'refs/source/heads/main', second)).toBe(first)
  expect(await repositories.read(mirror, first, 'src/a.ts')).toBe('export const a = 1\n')
  expect(await repositories.read(mirror, first, 'src')).toBeNull()
})

test('a mirror is reused, and follows new commits and deleted branches', async () => {
  user.commit('one')
  user.git('branch', 'old')
  const before = await repositories.mirror(user.directory)
  user.git('branch', '-D', 'old')
  user.git('branch', 'old/deeper')
  const second = user.commit('two')

  const after = await repositories.mirror(join(user.directory, 'src'))

  expect(after.directory).toBe(before.directory)
  expect(await repositories.resolve(after, null)).toBe(second)
  expect(await repositories.resolve(after, 'old')).toBeNull()
})

test('what was begun ahead is for the first who asks; the next gets what is there then', async () => {
  const first = user.commit('one')
  repositories.mirrorAhead(user.directory)
  const mirror = await repositories.mirror(user.directory)
  expect(await repositories.resolve(mirror, 'main')).toBe(first)
  const second = user.commit('two')
  expect(await repositories.resolve(mirror, 'main')).toBe(first)

  await repositories.mirror(user.directory)

  expect(await repositories.resolve(mirror, 'main')).toBe(second)
})

test('what could not be brought ahead is told to whoever asks', async () => {
  repositories.mirrorAhead(place.home)
  await expect(repositories.mirror(place.home)).rejects.toThrow(place.home)
})

test('whoever is to stop does not wait for what was begun ahead', async () => {
  user.commit('one')
  repositories.mirrorAhead(user.directory)
  const asked = repositories.mirror(user.directory, AbortSignal.abort(new Error('it is over')))
  await expect(asked).rejects.toThrow('it is over')
})

test('a detached HEAD that no branch holds is mirrored', async () => {
  user.commit('one')
  user.git('checkout', '--quiet', '--detach')
  const lost = user.commit('on no branch')

  const mirror = await repositories.mirror(user.directory)

  expect(await repositories.resolve(mirror, null)).toBe(lost)
})

test('a linked worktree has its own HEAD', async () => {
  const first = user.commit('one')
  user.git('worktree', 'add', '--quiet', '-b', 'side', join(place.top, 'side'))
  const second = repositoryAt(join(place.top, 'side')).commit('two')

  const main = await repositories.mirror(user.directory)
  const side = await repositories.mirror(join(place.top, 'side'))

  expect(await repositories.resolve(main, null)).toBe(first)
  expect(await repositories.resolve(side, null)).toBe(second)
})

test('a shallow clone and a bare repository are origins as good as any', async () => {
  user.commit('one')
  const second = user.commit('two')
  user.git('clone', '--quiet', '--depth=1', `file://${user.directory}`, join(place.top, 'shallow'))
  user.git('clone', '--quiet', '--bare', user.directory, join(place.top, 'bare.git'))

  for (const name of ['shallow', 'bare.git']) {
    const mirror = await repositories.mirror(join(place.top, name))
    expect(await repositories.resolve(mirror, null)).toBe(second)
  }
})

test('a clone tells the default branch of its server', async () => {
  user.git('checkout', '--quiet', '-b', 'production')
  user.commit('one')
  user.git('clone', '--quiet', user.directory, join(place.top, 'clone'))
  const clone = repositoryAt(join(place.top, 'clone'))
  clone.git('checkout', '--quiet', '-b', 'main')

  expect((await repositories.mirror(clone.directory)).defaultBranch).toBe('production')
})

test('many at once get the same mirror, whole', async () => {
  const sha = user.commit('one')
  const other = gitRepositories({ home: place.home, env: process.env })

  const mirrors = await Promise.all(
    Array.from({ length: 6 }, (_, at) => (at % 2 ? repositories : other).mirror(user.directory)),
  )

  expect(new Set(mirrors.map(({ directory }) => directory)).size).toBe(1)
  for (const mirror of mirrors) expect(await repositories.resolve(mirror, null)).toBe(sha)
})

test('variables and configuration of the machine change nothing', async () => {
  const sha = user.commit('one')
  const env = {
    ...process.env,
    GIT_DIR: '/nowhere',
    GIT_CONFIG_COUNT: 'x',
    GIT_EXEC_PATH: '/nowhere',
  }

  const mirror = await gitRepositories({ home: place.home, env }).mirror(user.directory)

  expect(await repositories.resolve(mirror, null)).toBe(sha)
})

test('nothing that a checkout or its configuration plants runs while it is mirrored', async () => {
  const canary = join(place.top, 'canary')
  const planted = `#!/bin/sh\ntouch ${canary}\n`
  const sha = user.commit('one')
  for (const hook of ['post-checkout', 'reference-transaction', 'pre-auto-gc', 'post-merge']) {
    user.write(`.git/hooks/${hook}`, planted, 0o755)
  }
  user.write('evil.sh', planted, 0o755)
  const evil = join(user.directory, 'evil.sh')
  for (const key of [
    'core.fsmonitor',
    'core.sshCommand',
    'core.pager',
    'core.alternateRefsCommand',
  ]) {
    user.git('config', key, evil)
  }
  user.git('config', 'uploadpack.packObjectsHook', evil)
  user.git('config', 'core.worktree', place.top)
  user.git('config', 'gpg.program', evil)

  const mirror = await repositories.mirror(user.directory)

  expect(mirror.origin).toBe(user.directory)
  expect(await repositories.resolve(mirror, null)).toBe(sha)
  expect(existsSync(canary)).toBe(false)
  rmSync(canary, { force: true })
  chmodSync(evil, 0o644)
})
