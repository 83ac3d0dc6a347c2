import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { gitRepositories } from '#adapters/git/repositories.ts'
import { NoRepository } from '#ports/repositories.ts'
import type { Repositories } from '#ports/repositories.ts'

import { gitPlace } from '../../support/git-repository.ts'
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

describe('what is no repository is one sentence', () => {
  test.each([
    ['', 'not the name'],
    ['--upload-pack=touch /tmp/x', 'not the name'],
    ['/nowhere/at/all', 'no repository at'],
    ['ext::sh -c "touch /tmp/x"', 'no repository at'],
    ['ext://sh', 'Only https and ssh'],
    ['http://example.com/x.git', 'Only https and ssh'],
    ['git@-oProxyCommand=x:y', 'no repository at'],
    ['a\nb', 'not the name'],
  ])('%j', async (named, words) => {
    const failure = await repositories.mirror(named).catch((error: unknown) => error)

    expect(failure).toBeInstanceOf(NoRepository)
    expect(String(failure)).toContain(words)
  })

  test('a repository without a commit', async () => {
    await expect(repositories.mirror(place.repository('empty').directory)).rejects.toThrow(
      'has no commit yet',
    )
  })

  test('a directory outside any repository', async () => {
    const bare = join(place.top, 'plain')
    mkdirSync(bare)

    await expect(repositories.mirror(bare)).rejects.toThrow('not inside a git repository')
  })

  test('credentials of a URL are neither kept nor repeated', async () => {
    const failure = await repositories
      .mirror('http://me:hunter2@127.0.0.1:9/x.git?token=hunter2')
      .catch((error: unknown) => error)

    expect(failure).toBeInstanceOf(NoRepository)
    expect(String(failure)).not.toContain('hunter2')
    expect(readFileSync(join(place.home, 'gitconfig'), 'utf8')).not.toContain('hunter2')
  })
})

test.each(['-x', 'a..b', 'a b', 'HEAD:src/a.ts', '@{-1}', 'a\u202eb', 'x\ny', '/etc', ''])(
  'an odd revision names no commit: %j',
  async (ref) => {
    user.commit('one')
    const mirror = await repositories.mirror(user.directory)

    expect(await repositories.resolve(mirror, ref)).toBeNull()
  },
)
