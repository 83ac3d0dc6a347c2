import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, onTestFinished, test } from 'vitest'

import { refAt, refsBelow } from './git/refs.ts'
import { git, gitLine } from './git/run-git.ts'

test('refs are told as git tells them, packed or not, and a loose one is the newer', async () => {
  const place = mkdtempSync(join(tmpdir(), 'refs-'))
  onTestFinished(() => rmSync(place, { recursive: true }))
  const env = {
    GIT_AUTHOR_NAME: 'a',
    GIT_AUTHOR_EMAIL: 'a@b',
    GIT_COMMITTER_NAME: 'a',
    GIT_COMMITTER_EMAIL: 'a@b',
  }
  const commit = async (message: string) => {
    await git(place, ['commit', '--quiet', '--allow-empty', '--message', message], { env })
    return await gitLine(place, ['rev-parse', 'HEAD'])
  }
  await git(place, ['init', '--quiet', '--initial-branch=main'])
  const old = await commit('one')
  for (const name of ['topic/a', 'topics']) await git(place, ['branch', name])
  await git(place, ['pack-refs', '--all'])
  const young = await commit('two')
  const directory = join(place, '.git')

  expect([...(await refsBelow(directory, 'refs/heads'))]).toEqual([
    ['refs/heads/main', young],
    ['refs/heads/topic/a', old],
    ['refs/heads/topics', old],
  ])
  expect([...(await refsBelow(directory, 'refs/heads/topic')).keys()]).toEqual([
    'refs/heads/topic/a',
  ])
  expect(await refAt(directory, 'refs/heads/topics')).toBe(old)
})
