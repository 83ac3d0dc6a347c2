import type { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { openDeployments, openRunStore } from '#adapters/postgres/open-store.ts'
import { openPool } from '#adapters/postgres/pool.ts'
import type { DeployState } from '#domain/deploy.ts'
import type { Deployments } from '#ports/deployments.ts'

import { databases } from '../../support/databases.ts'
import { memoryDeployments } from '../../support/deploy-ledger.ts'

const at = (minutes: number) => new Date(Date.UTC(2026, 10, 29, 10, minutes))
const lease = (minutes: number) => ({ now: at(minutes), until: at(minutes + 60) })

type Open = () => Promise<{ readonly deployments: Deployments; close(): Promise<void> }>

const memory: readonly [string, Open] = [
  'memory',
  () => Promise.resolve({ deployments: memoryDeployments(), close: () => Promise.resolve() }),
]
const onDatabases = databases.map(([name, openOne]): readonly [string, Open] => [
  name,
  async () => {
    const opened = await openOne()
    const pool: Pool = openPool(opened.url, 10)
    await openRunStore(pool)
    const close = () => pool.end().then(() => opened.close())
    return { deployments: openDeployments(pool), close }
  },
])

describe.each([memory, ...onDatabases])('deployments on %s', (_name, open) => {
  let deployments: Deployments
  let close: () => Promise<void>
  let places = 0

  beforeAll(async () => {
    ;({ deployments, close } = await open())
  })
  afterAll(() => close())

  /** An environment nobody deployed to yet. */
  function environment() {
    const name = `env-${(places += 1)}`
    const run = (sha: string, nth = 1) => `${name} ${sha} ${nth}`
    const enter = (sha: string, nth = 1) =>
      deployments.enter(
        { runId: run(sha, nth), repository: 11, environment: name, pull: 5, sha },
        lease(0),
      )
    const turn = (sha: string, minutes = 1) => deployments.turn(run(sha), lease(minutes))
    const begin = (sha: string, since = 0, nth = 1) =>
      deployments.begin(run(sha, nth), { by: ['maria'], since: at(since), now: at(1) })
    const end = (sha: string, state: DeployState, minutes: number) =>
      deployments.end(run(sha), state, at(minutes))
    const whole = async (sha: string, state: DeployState, minutes: number) => {
      await enter(sha)
      const begun = await begin(sha)
      await end(sha, state, minutes)
      return begun
    }
    const ask = (sha: string, nth: number, minutes: number) =>
      deployments.askBack(
        {
          runId: `${name} back ${nth}`,
          repository: 11,
          environment: name,
          pull: 5,
          sha,
          takesBack: run(sha),
          by: 'maria',
        },
        lease(minutes),
      )
    const takeBack = (nth: number, previous: string) =>
      deployments.takeBack(`${name} back ${nth}`, previous, at(6))
    const endBack = (nth: number, state: DeployState, minutes: number) =>
      deployments.end(`${name} back ${nth}`, state, at(minutes))
    return { name, run, enter, turn, begin, end, whole, ask, takeBack, endBack }
  }

  test('go one after the other, first come, first served', async () => {
    const { name, run, enter, turn, begin, end } = environment()
    for (const sha of ['a', 'b', 'c', 'a']) await enter(sha)
    expect([await turn('c'), await turn('b'), await turn('a')]).toEqual(['wait', 'wait', 'ours'])
    expect(await begin('b')).toEqual({ kind: 'turn-lost' })
    expect(await begin('a')).toEqual({ kind: 'begun', previous: null })
    await end('a', 'verified', 2)
    expect([await turn('c'), await turn('b'), await turn('a')]).toEqual(['wait', 'ours', 'lost'])
    expect(await deployments.underWay(11, name)).toEqual([run('b'), run('c')])
    expect(await deployments.underWay(12, name)).toEqual([])
  })

  test('begin once: asked again it is the same, and at the same time only one of ten has its turn', async () => {
    const { enter, begin, run } = environment()
    for (const nth of Array(10).keys()) await enter('a', nth)
    const begun = await Promise.all([...Array(10).keys()].map((nth) => begin('a', 0, nth)))
    expect(begun.filter(({ kind }) => kind === 'begun')).toHaveLength(1)
    const nth = begun.findIndex(({ kind }) => kind === 'begun')
    expect(await begin('a', 0, nth)).toEqual({ kind: 'begun', previous: null })
    await deployments.live(run('a', nth), at(2))
    expect(await begin('a', 0, nth)).toEqual({ kind: 'begun', previous: null })
  })

  test.each([
    ['verified', 'deployed-before'],
    ['unverified', 'deployed-before'],
    ['rolled-back', 'deployed-before'],
    ['rollback-failed', 'deployed-before'],
    ['not-deployed', 'begun'],
    ['refused', 'begun'],
  ] as const)('of the commit of one that is %s: %s', async (state, kind) => {
    const { whole, enter, begin } = environment()
    await whole('a', state, 2)
    await enter('a', 2)
    expect(await begin('a', 3, 2)).toMatchObject({ kind })
  })

  test('know what was verified last, whatever came after it', async () => {
    const { whole } = environment()
    await whole('a', 'verified', 2)
    await whole('b', 'verified', 3)
    await whole('c', 'unverified', 4)
    expect(await whole('d', 'not-deployed', 5)).toEqual({ kind: 'begun', previous: 'b' })
  })

  test('are held after a rollback, until one is approved later', async () => {
    const { whole, enter, begin } = environment()
    await whole('a', 'verified', 2)
    await whole('b', 'rolled-back', 5)
    await enter('c')
    expect(await begin('c', 5)).toEqual({ kind: 'on-hold' })
    expect(await begin('c', 6)).toEqual({ kind: 'begun', previous: 'a' })
  })

  test('pass over one that nobody hears of, and that one has lost its turn', async () => {
    const { enter, turn, begin } = environment()
    await enter('a')
    await begin('a')
    await enter('b')
    expect(await turn('b', 59)).toBe('wait')
    expect(await turn('b', 61)).toBe('ours')
    expect(await turn('a', 62)).toBe('lost')
    expect(await begin('a')).toEqual({ kind: 'turn-lost' })
  })

  test('are taken back one at a time, before what waits and after what has begun', async () => {
    const { name, run, whole, enter, turn, begin, end, ask, takeBack } = environment()
    await whole('a', 'verified', 2)
    await enter('b')
    await begin('b')
    await enter('c')
    expect([await ask('b', 1, 3), await ask('b', 1, 3), await ask('b', 2, 3)]).toEqual([
      'entered',
      'entered',
      'under-way',
    ])
    expect(await deployments.askedBack(run('b'))).toBe('maria')
    expect(await takeBack(1, 'a')).toBe('turn-lost')
    await end('b', 'unverified', 4)
    expect(await turn('c', 5)).toBe('wait')
    expect(await begin('c', 3)).toEqual({ kind: 'on-hold' })
    expect([await takeBack(1, 'a'), await takeBack(1, 'a')]).toEqual(['begun', 'begun'])
    expect(await deployments.past(11, name)).toMatchObject([
      { runId: run('a'), state: 'verified', takesBack: null },
      { runId: run('b'), state: 'unverified', previous: 'a' },
      { runId: run('c'), state: 'queued' },
      { runId: `${name} back 1`, state: 'deploying', previous: 'a', takesBack: run('b') },
    ])
  })

  test('that people took back are held, quarantined, and nothing to go back to', async () => {
    const { run, whole, enter, begin, ask, takeBack, endBack } = environment()
    await whole('a', 'verified', 2)
    await whole('b', 'verified', 4)
    await ask('b', 1, 5)
    await takeBack(1, 'a')
    await endBack(1, 'rolled-back', 7)
    expect(await deployments.askedBack(run('b'))).toBeNull()
    await enter('b', 2)
    expect(await begin('b', 9, 2)).toEqual({ kind: 'deployed-before' })
    await deployments.end(run('b', 2), 'refused', at(9))
    await enter('c')
    expect(await begin('c', 7)).toEqual({ kind: 'on-hold' })
    expect(await begin('c', 8)).toEqual({ kind: 'begun', previous: 'a' })
  })
})
