import { existsSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'

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

test('delivering touches neither HEAD nor the index nor a file, also with work under way', async () => {
  const sha = await written(edit)
  user.write('src/a.ts', 'half done')
  user.write('staged.ts', 'staged')
  user.git('add', 'staged.ts')
  user.write('untracked.ts', 'untracked')
  const canary = join(place.top, 'canary')
  user.write('.git/hooks/reference-transaction', `#!/bin/sh\ntouch ${canary}\n`, 0o755)
  user.write('.git/hooks/post-checkout', `#!/bin/sh\ntouch ${canary}\n`, 0o755)
  user.git('config', 'core.fsmonitor', `touch ${canary}; false`)
  user.git('config', `remote.${mirror.directory}.uploadpack`, `touch ${canary}; git-upload-pack`)
  user.git('config', `url.ext::sh -c touch% ${canary}% .insteadOf`, 'file:///nowhere')
  rmSync(canary, { force: true })
  const before = state()

  await repositories.deliver(mirror, branch, { from: null })
  await repositories.deliver(mirror, branch, { from: null })

  expect(state()).toEqual(before)
  expect(existsSync(canary)).toBe(false)
  rmSync(join(user.directory, '.git/hooks'), { recursive: true })
  expect(user.git('-c', 'core.fsmonitor=false', 'rev-parse', branch).trim()).toBe(sha)
  expect(existsSync(join(user.directory, '.git/FETCH_HEAD'))).toBe(false)

  function state() {
    const read = (path: string): string => readFileSync(join(user.directory, path), 'base64')
    return [
      read('.git/HEAD'),
      read('.git/index'),
      read('.git/config'),
      statSync(join(user.directory, '.git/index')).mtimeMs,
      ...['src/a.ts', 'staged.ts', 'untracked.ts'].map(read),
      user.git(
        '--no-optional-locks',
        '-c',
        'core.fsmonitor=false',
        '-c',
        'core.hooksPath=/dev/null',
        'status',
        '--porcelain',
      ),
    ]
  }
})

test('after delivery the next commit stacks on the branch, unless its owner took it over', async () => {
  const first = await written(edit)
  await repositories.deliver(mirror, branch, { from: null })
  mirror = await repositories.mirror(user.directory)
  const second = await written([{ path: 'b.ts', content: 'b\n' }], first)
  await repositories.deliver(mirror, branch, { from: null })
  expect(user.git('rev-parse', branch).trim()).toBe(second)

  user.git('checkout', '--quiet', branch)
  user.commit('their own work')
  mirror = await repositories.mirror(user.directory)

  expect(await write([{ path: 'c.ts', content: 'c\n' }], { parent: second })).toMatchObject({
    because: 'head-moved',
  })
})

test('another machine that finds the same commits delivered goes on from there', async () => {
  const first = await written(edit)
  const more: Patch = [{ path: 'b.ts', content: 'b\n' }]
  const second = await written(more, first)
  await repositories.deliver(mirror, branch, { from: null })
  const other = gitRepositories({ home: join(place.top, 'another home'), env: process.env })
  const theirs = await other.mirror(user.directory)
  const same = { branch, message: 'fix: a', at }

  const again = [
    await other.commit({ ...same, mirror: theirs, parent: head, patch: edit }),
    await other.commit({ ...same, mirror: theirs, parent: first, patch: more }),
  ]

  expect(again).toEqual([first, second].map((sha) => ({ kind: 'written', sha })))
  expect(await other.deliver(theirs, branch, { from: null })).toBe('delivered')
  expect(user.git('rev-parse', branch).trim()).toBe(second)
})

test('a branch that its owner deleted may be written anew', async () => {
  await written(edit)
  await repositories.deliver(mirror, branch, { from: null })
  user.git('branch', '-D', branch)
  mirror = await repositories.mirror(user.directory)

  const result = await write([{ path: 'src/a.ts', content: 'export const a = 3\n' }])

  expect(result.kind).toBe('written')
})

test('a diff is what the patch does, in git’s own format', async () => {
  const diff = await repositories.diff(mirror, head, [
    ...edit,
    { path: 'new.ts', content: 'n\n' },
    { path: 'old.ts', content: null },
  ])

  expect(diff).toContain(
    '--- a/src/a.ts\n+++ b/src/a.ts\n@@ -1 +1 @@\n-export const a = 1\n+export const a = 2\n',
  )
  expect(diff).toContain('new file mode 100644')
  expect(diff).toContain('deleted file mode 100644')
  expect(await repositories.diff(mirror, head, [])).toBe('')
})

describe('applying to the working tree', () => {
  const patch: Patch = [
    ...edit,
    { path: 'deep/new.ts', content: 'n\n' },
    { path: 'old.ts', content: null },
  ]

  test('writes all files and keeps their modes', async () => {
    const result = await repositories.applyTo(mirror, head, [
      ...patch,
      { path: 'bin/run.sh', content: '#!/bin/bash\n' },
    ])

    expect(result.kind).toBe('applied')
    expect(
      user.git('status', '--porcelain', '--untracked-files=all').trimEnd().split('\n'),
    ).toEqual([' M bin/run.sh', ' D old.ts', ' M src/a.ts', '?? deep/new.ts'])
    expect(statSync(join(user.directory, 'bin/run.sh')).mode & 0o777).toBe(0o755)
  })

  test.each([
    ['a file was edited', () => user.write('src/a.ts', 'mine'), 'src/a.ts'],
    ['a new file is already there', () => user.write('deep/new.ts', 'mine'), 'deep/new.ts'],
    ['a file is gone', () => rmSync(join(user.directory, 'old.ts')), 'old.ts'],
    ['a directory became a link', () => user.link('deep', place.top), 'deep/new.ts'],
  ])('writes nothing when %s', async (_title, disturb, file) => {
    disturb()
    const before = readFileSync(join(user.directory, 'src/a.ts'), 'utf8')

    const result = await repositories.applyTo(mirror, head, patch)

    expect(result).toEqual({ kind: 'refused', because: 'modified', files: [file] })
    expect(readFileSync(join(user.directory, 'src/a.ts'), 'utf8')).toBe(before)
  })
})
