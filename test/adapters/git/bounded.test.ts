import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'

import { bounded } from '#adapters/git/bounded.ts'
import { deliver } from '#adapters/git/deliver.ts'
import type { GitSettings } from '#adapters/git/git.ts'
import { gitRepositories } from '#adapters/git/repositories.ts'
import { type Mirror, RepositoryTooLarge } from '#ports/repositories.ts'

import { openEndlessServer, openSilentServer } from '../../support/endless-git-server.ts'
import { type GitPlace, gitPlace, type GitRepository } from '../../support/git-repository.ts'

let place: GitPlace
let user: GitRepository

beforeEach(() => {
  place = gitPlace()
  user = place.repository('shop')
})
afterEach(() => place.remove())

/** What a repository may be here. */
const withMost = (most: number) => gitRepositories({ home: place.home, env: process.env, most })

test('attack 42: a repository whose history is too large is refused each time, with its limit', async () => {
  user.write('a.bin', randomBytes(300_000).toString('latin1'))
  user.commit('large')
  user.git('rm', '--quiet', 'a.bin')
  user.commit('gone, and still there')
  const repositories = withMost(200_000)

  const refused = () => repositories.mirror(user.directory)
  await expect(refused()).rejects.toThrow(RepositoryTooLarge)
  await expect(refused()).rejects.toThrow(RepositoryTooLarge)
  expect(await withMost(2_000_000).mirror(user.directory)).toBeTruthy()
})

test('attack 42: what grows too large later is refused then', async () => {
  user.write('a.bin', 'small')
  const sha = user.commit('small')
  const repositories = withMost(200_000)
  const mirror = await repositories.mirror(user.directory)
  expect(await repositories.resolve(mirror, null)).toBe(sha)
  for (const at of Array.from({ length: 120 }).keys())
    user.write(`${at}.bin`, randomBytes(3000).toString('latin1'))
  user.commit('large')

  await expect(repositories.mirror(user.directory)).rejects.toThrow(RepositoryTooLarge)
})

test('attack 42: a pack of kilobytes whose files are gigabytes is not laid out', async () => {
  user.write('a.txt', 'a'.repeat(3_000_000))
  const sha = user.commit('a bomb')
  const repositories = withMost(1_000_000)
  const mirror = await repositories.mirror(user.directory)

  const laidOut = repositories.checkout(mirror, sha, 'run_1')
  await expect(laidOut).rejects.toThrow(`the files of ${sha} are 3 MB, 1 MB is the most`)
  expect(existsSync(join(place.home, 'work', 'run_1', sha))).toBe(false)
})

test('attack 42: a server that never ends is hung up on, and what it sent is gone', async () => {
  const server = await openEndlessServer()
  const fetched = withMost(1_000_000).mirror(server.url)
  await expect(fetched).rejects.toThrow('takes more than 1 MB')
  server.close()

  const left = readdirSync(place.home, { recursive: true, encoding: 'utf8' })
  expect(left.filter((name) => name.includes('/pack/'))).toEqual([])
})

test.each([
  ['never ends', openEndlessServer],
  ['is silent', openSilentServer],
])('a step that is over ends its git, which waits for a server that %s', async (_which, open) => {
  const server = await open()
  onTestFinished(() => server.close())
  const over = new AbortController()
  const repositories = withMost(Infinity)
  const all = Promise.allSettled([
    repositories.mirror(server.url, over.signal),
    repositories.mirror(server.url, over.signal),
  ])
  await vi.waitFor(async () => expect(await server.waiting()).toBeGreaterThan(0))
  const reason = new Error('The step is over.')
  over.abort(reason)

  const ended = { status: 'rejected', reason }
  expect(await all).toEqual([ended, ended])
  await vi.waitFor(async () => expect(await server.waiting()).toBe(0))
  const left = readdirSync(place.home, { recursive: true, encoding: 'utf8' })
  expect(left.filter((name) => name.includes('/pack/'))).toEqual([])
})

const branch = 'auto-fix/1-a'
const credentials = () => Promise.resolve({ user: 'us', password: 'secret' })

test.each<[string, (settings: GitSettings, there: Mirror, stop: AbortSignal) => Promise<unknown>]>([
  [
    'push',
    (settings, there, stop) => deliver({ ...settings, stop }, there, { branch, from: null }),
  ],
  [
    'fetch, where another machine had the mirror',
    (settings, there, stop) =>
      gitRepositories(settings).deliver(there, branch, { from: null, stop }),
  ],
])(
  'a step that is over ends its %s, which waits for a server that is silent',
  async (...[, act]) => {
    const server = await openSilentServer()
    onTestFinished(() => server.close())
    user.write('a.txt', 'one\n')
    const parent = user.commit('one')
    const settings = { home: place.home, env: process.env, credentials }
    const repositories = gitRepositories(settings)
    const mirror = await repositories.mirror(user.directory)
    const patch = [{ path: 'a.txt', content: 'two\n' }]
    await repositories.commit({ mirror, parent, patch, branch, message: 'fix: a', at: new Date(0) })

    const over = new AbortController()
    const all = Promise.allSettled([act(settings, { ...mirror, origin: server.url }, over.signal)])
    await vi.waitFor(async () => expect(await server.waiting()).toBeGreaterThan(0))
    const reason = new Error('The step is over.')
    over.abort(reason)

    expect(await all).toEqual([{ status: 'rejected', reason }])
    await vi.waitFor(async () => expect(await server.waiting()).toBe(0))
  },
)

test('nobody waits for ever for a server that is silent', async () => {
  const server = await openSilentServer()
  onTestFinished(() => server.close())
  const repositories = gitRepositories({ home: place.home, env: process.env, silence: 1 })

  await expect(repositories.mirror(server.url)).rejects.toThrow('could not be fetched')
})

test('what goes wrong within the bounds is told as it is', async () => {
  const failing = bounded({ directory: place.home, most: 1 }, () =>
    Promise.reject(new Error('no route')),
  )
  await expect(failing).rejects.toThrow('no route')
})
