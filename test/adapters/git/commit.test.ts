import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { gitRepositories } from '#adapters/git/repositories.ts'
import type { Patch } from '#domain/patch.ts'

import { at, branch, mirroredShop, type MirroredShop } from '../../support/mirrored-shop.ts'

let place: MirroredShop['place']
let user: MirroredShop['user']
let repositories: MirroredShop['repositories']
let mirror: MirroredShop['mirror']
let head: string
let write: MirroredShop['write']

beforeEach(async () => {
  ;({ place, user, repositories, mirror, head, write } = await mirroredShop())
})
afterEach(() => place.remove())

async function written(patch: Patch, parent = head): Promise<string> {
  const result = await write(patch, { parent })
  if (result.kind === 'refused') throw new Error(result.detail)
  return result.sha
}

const edit: Patch = [{ path: 'src/a.ts', content: 'export const a = 2\n' }]

test('a commit holds exactly the patch, keeps modes and is signed by the bot at the given time', async () => {
  const sha = await written([
    ...edit,
    { path: 'bin/run.sh', content: '#!/bin/bash\n' },
    { path: 'new/b.ts', content: '' },
    { path: 'old.ts', content: null },
  ])
  await repositories.deliver(mirror, branch, { from: null })

  const shown = user.git('show', '--format=%an <%ae> %cn %aI %B', '--raw', '--no-abbrev', sha)
  expect(shown).toContain(
    'goalkeeper[bot] <goalkeeper[bot]@users.noreply.github.com> goalkeeper[bot]',
  )
  expect(shown).toContain('2026-11-21T01:02:03+00:00 fix: a')
  expect(user.git('diff-tree', '-r', '--name-status', head, sha).trim().split('\n')).toEqual([
    'M\tbin/run.sh',
    'A\tnew/b.ts',
    'D\told.ts',
    'M\tsrc/a.ts',
  ])
  expect(user.git('ls-tree', sha, 'bin/run.sh')).toContain('100755')
})

test('writing it again, also from another process, gives the same commit and changes nothing', async () => {
  const first = await written(edit)
  const second = await written([{ path: 'src/c.ts', content: 'c\n' }], first)

  const again = await written(edit)
  const other = gitRepositories({ home: place.home, env: process.env })
  const result = await other.commit({
    mirror: await other.mirror(user.directory),
    branch,
    parent: head,
    patch: edit,
    message: 'fix: a',
    at,
  })

  expect([again, result]).toEqual([first, { kind: 'written', sha: first }])
  expect(await repositories.resolve(mirror, branch)).toBe(second)
})

test('two writers of one branch: one wins, the other is told that the head moved', async () => {
  const results = await Promise.all([
    write(edit),
    write([{ path: 'src/a.ts', content: 'export const a = 3\n' }]),
  ])

  expect(
    results.map((result) => (result.kind === 'written' ? 'written' : result.because)).toSorted(),
  ).toEqual(['head-moved', 'written'])
})

test('a branch that went another way is never overwritten', async () => {
  const first = await written(edit)
  const result = await write([{ path: 'x.ts', content: 'x\n' }])

  expect(result).toMatchObject({ kind: 'refused', because: 'head-moved' })
  expect(await repositories.resolve(mirror, branch)).toBe(first)
})

test.each([
  'main',
  'theirs',
  '-f',
  'a..b',
  'refs/heads/x',
  'x.lock',
  'a b',
  'x\u202ey',
  'HEAD',
  '',
])('no commit is written to the branch %j', async (name) => {
  user.git('branch', 'theirs')
  mirror = await repositories.mirror(user.directory)

  expect(await write(edit, { branch: name })).toMatchObject({ because: 'outside-scope' })
})

describe('no commit is written to', () => {
  test.each([
    '../x',
    '/etc/x',
    'a//b',
    './a',
    'a/../../b',
    '.git/config',
    '.GIT/hooks/x',
    'a/.Git/x',
    '.git./x',
    'git~1/x',
    '.gitattributes',
    '.gitmodules',
    'a\nb',
    'a\u202eb',
    'a\u200bb',
    'a\\b',
    '',
    'x'.repeat(260),
    'link',
    'link/x',
    'src',
    'src/a.ts/b',
    '\uff0egit/config',
  ])('%j', async (path) => {
    const result = await write([{ path, content: 'x\n' }])

    expect(result).toMatchObject({ kind: 'refused', because: 'outside-scope' })
    expect(await repositories.resolve(mirror, branch)).toBeNull()
  })
})

test('a patch that changes nothing is no commit', async () => {
  for (const patch of [[], [{ path: 'old.ts', content: 'old\n' }]]) {
    expect(await write(patch)).toMatchObject({ because: 'outside-scope' })
  }
})

test('a secret on an added line stops the commit, and is not repeated', async () => {
  const secret = ['ghp', 'wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx'].join('_')
  const content = `export const a = 2\nexport const key = '${secret}'\n`

  const result = await write([{ path: 'src/a.ts', content }])

  expect(result).toMatchObject({ kind: 'refused', because: 'secret-found' })
  expect(JSON.stringify(result)).toContain('src/a.ts:2 ')
  expect(JSON.stringify(result)).not.toContain(secret)
  expect(await repositories.resolve(mirror, branch)).toBeNull()
})

test('a secret that was there before does not stop a fix beside it', async () => {
  const secret = ['ghp', 'wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx'].join('_')
  user.write('src/k.ts', `export const key = '${secret}'\nlet x=1\n`)
  head = user.commit('leak')
  await repositories.mirror(user.directory)

  const content = `export const key = '${secret}'\nlet x = 1\n`
  const result = await write([{ path: 'src/k.ts', content }], { parent: head })

  expect(result.kind).toBe('written')
})
