import { existsSync, lstatSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, test } from 'vitest'

import { gitRepositories } from '#adapters/git/repositories.ts'
import type { Repositories } from '#ports/repositories.ts'

import { gitPlace } from '../../support/git-repository.ts'
import type { GitPlace, GitRepository } from '../../support/git-repository.ts'

let place: GitPlace
let user: GitRepository
let repositories: Repositories

beforeEach(() => {
  place = gitPlace()
  user = place.repository('shop')
  repositories = gitRepositories({ home: place.home, env: process.env })
})
afterEach(() => place.remove())

async function checkedOut(sha: string): Promise<string> {
  return repositories.checkout(await repositories.mirror(user.directory), sha, 'run_1')
}

test('a checkout is the files of the commit with their modes and no git directory', async () => {
  user.write('src/a.ts', 'export const a = 1\n')
  user.write('bin/run.sh', '#!/bin/sh\n', 0o755)
  user.link('latest', 'src/a.ts')
  const sha = user.commit('one')
  user.write('src/a.ts', 'uncommitted')

  const directory = await checkedOut(sha)

  expect(directory).toBe(join(place.home, 'work', 'run_1', sha))
  expect(readdirSync(directory).toSorted()).toEqual(['bin', 'latest', 'src'])
  expect(readFileSync(join(directory, 'latest'), 'utf8')).toBe('export const a = 1\n')
  expect(statSync(join(directory, 'bin/run.sh')).mode & 0o777).toBe(0o755)
  expect(statSync(join(directory, 'src/a.ts')).mode & 0o777).toBe(0o644)
})

test('what stands otherwise in the working tree of that commit is named, and nothing else', async () => {
  user.write('src/a.ts', 'export const a = 1\n')
  user.write('src/b.ts', 'export const b = 1\n')
  user.link('latest', 'src/a.ts')
  const sha = user.commit('one')
  const mirror = await repositories.mirror(user.directory)
  const seen = (of: string) => repositories.uncommitted(mirror, of, 'run_1')
  expect(await seen(sha)).toEqual([])

  user.write('src/a.ts', 'export const a = 2\n')
  user.write('src/b.ts', 'export const b = 1\r\n')
  user.write('new.ts', 'new\n')

  expect(await seen(sha)).toEqual(['src/a.ts'])
  expect(await seen('f'.repeat(40))).toEqual([])
})

test('asking twice, also at the same time, gives the same directory', async () => {
  user.write('a', '1')
  const sha = user.commit('one')

  const [first, second] = await Promise.all([checkedOut(sha), checkedOut(sha)])
  const third = await checkedOut(sha)

  expect([second, third]).toEqual([first, first])
  expect(readdirSync(join(place.home, 'work', 'run_1'))).toEqual([sha])
})

test('a strict umask does not hide the files from another user of the machine', async () => {
  user.write('deep/a', '1')
  user.write('deep/run.sh', '1', 0o755)
  const sha = user.commit('one')
  const before = process.umask(0o077)
  try {
    const directory = await checkedOut(sha)

    const modes = ['.', '..', '../..', 'deep', 'deep/a', 'deep/run.sh'].map(
      (path) => statSync(join(directory, path)).mode & 0o777,
    )
    expect(modes).toEqual([0o755, 0o755, 0o755, 0o755, 0o644, 0o755])
  } finally {
    process.umask(before)
  }
})

test('links that leave the tree and submodules are left out and told', async () => {
  user.write('src/a.ts', '1')
  user.link('absolute', '/etc/passwd')
  user.link('climbing', 'src/../../outside')
  user.link('src/up', '..')
  user.link('chained', 'src/up/../outside')
  user.link('loop', 'loop')
  user.link('fine', 'src/up/src/a.ts')
  user.commit('one')
  user.git('update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},vendor`)
  user.git('commit', '--quiet', '--message', 'a submodule')
  const mirror = await repositories.mirror(user.directory)
  const sha = (await repositories.resolve(mirror, null)) ?? ''

  const directory = await checkedOut(sha)
  const omitted = await repositories.omitted(mirror, sha)

  expect(omitted.map(({ path, because }) => `${path} ${because}`).toSorted()).toEqual([
    'absolute symlink-leaves-tree',
    'chained symlink-leaves-tree',
    'climbing symlink-leaves-tree',
    'loop symlink-leaves-tree',
    'vendor submodule',
  ])
  expect(readdirSync(directory).toSorted()).toEqual(['fine', 'src'])
  expect(lstatSync(join(directory, 'src/up')).isSymbolicLink()).toBe(true)
})

test('no filter, conversion or embedded repository of the commit has a say', async () => {
  const canary = join(place.top, 'canary')
  user.write('a.ts', 'a\n$Id$\n')
  user.write('b.txt', 'b\r\n')
  user.write('embedded/HEAD', 'ref: refs/heads/main\n')
  user.write('embedded/config', `[core]\n\tfsmonitor = touch ${canary}\n\tbare = true\n`)
  user.write('embedded/objects/x', '')
  user.write('embedded/refs/x', '')
  user.write('.lfsconfig', '[lfs]\n\turl = http://127.0.0.1:1/\n')
  const sha = user.commit('one')
  user.write(
    '.gitattributes',
    '* filter=evil diff=evil merge=evil ident\n*.ts export-ignore eol=crlf\n*.txt working-tree-encoding=UTF-16\n',
  )
  user.git('add', '.gitattributes')
  user.git('commit', '--quiet', '--message', 'attributes')
  for (const key of ['filter.evil.smudge', 'filter.evil.clean', 'diff.evil.textconv']) {
    user.git('config', key, `touch ${canary}; cat`)
  }
  const mirror = await repositories.mirror(user.directory)
  const head = (await repositories.resolve(mirror, null)) ?? ''

  const directory = await checkedOut(head)
  const diff = await repositories.diff(mirror, head, [{ path: 'a.ts', content: 'b\n' }])

  expect(head).not.toBe(sha)
  expect(readFileSync(join(directory, 'a.ts'), 'utf8')).toBe('a\n$Id$\n')
  expect(readFileSync(join(directory, 'b.txt'), 'utf8')).toBe('b\r\n')
  expect(diff).toContain('-$Id$')
  expect(existsSync(canary)).toBe(false)
})

test('5,000 files are on disk in seconds', async () => {
  for (let at = 0; at < 5000; at += 1)
    user.write(`src/${at % 50}/${at}.ts`, `export const a = ${at}\n`)
  const sha = user.commit('many')
  const mirror = await repositories.mirror(user.directory)

  const started = performance.now()
  const directory = await repositories.checkout(mirror, sha, 'run_1')
  const took = performance.now() - started

  expect(readdirSync(join(directory, 'src/7'))).toHaveLength(100)
  console.log(`checkout of 5,000 files: ${took.toFixed(0)} ms`)
  expect(took).toBeLessThan(5000)
})

test('a folder of a commit is listed without what lies deeper, links and other folders', async () => {
  user.write('rules/b.yml', 'b\n')
  user.write('rules/a.yml', 'a\n')
  user.write('rules/deep/c.yml', 'c\n')
  user.write('rules.yml', 'd\n')
  user.link('rules/link.yml', 'a.yml')
  const sha = user.commit('one')
  const mirror = await repositories.mirror(user.directory)

  expect(await repositories.list(mirror, sha, 'rules')).toEqual(['rules/a.yml', 'rules/b.yml'])
  expect(await repositories.list(mirror, sha, 'none')).toEqual([])
})
