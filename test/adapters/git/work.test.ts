import { mkdirSync, readdirSync, utimesSync } from 'node:fs'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, test } from 'vitest'

import { gitRepositories } from '#adapters/git/repositories.ts'
import { sweep } from '#adapters/git/work.ts'
import type { Repositories } from '#ports/repositories.ts'

import { type GitPlace, gitPlace, type GitRepository } from '../../support/git-repository.ts'

let place: GitPlace
let user: GitRepository
let repositories: Repositories

beforeEach(() => {
  place = gitPlace()
  user = place.repository('shop')
  repositories = gitRepositories({ home: place.home, env: process.env })
})
afterEach(() => place.remove())

test('a run that is released or long over leaves nothing', async () => {
  user.write('a', '1')
  const sha = user.commit('one')
  const mirror = await repositories.mirror(user.directory)
  for (const run of ['run_1', 'run_2', 'run_3']) await repositories.checkout(mirror, sha, run)

  await repositories.release('run_1')
  const anHourLater = new Date(Date.now() + 3_600_000)
  const tooEarly = await sweep(place.home, new Set(['run_2']), new Date())
  const removed = await sweep(place.home, new Set(['run_2']), anHourLater)

  expect(tooEarly).toEqual([])
  expect(removed).toEqual(['run_3'])
  expect(readdirSync(join(place.home, 'work'))).toEqual(['run_2'])
  expect(readdirSync(join(place.home, 'scratch'))).toEqual([])
})

test('what was noted of a command that deployed is kept for a month', async () => {
  const folder = join(place.home, 'deploy-commands')
  for (const one of ['old', 'new']) mkdirSync(join(folder, one), { recursive: true })
  const long = new Date(Date.now() - 31 * 86_400_000)
  utimesSync(join(folder, 'old'), long, long)
  await sweep(place.home, new Set(), new Date())
  expect(readdirSync(folder)).toEqual(['new'])
})

test.each(['../x', '', 'a/b', '.hidden'])('%j is not the id of a run', async (runId) => {
  await expect(repositories.release(runId)).rejects.toThrow('not the id')
})
