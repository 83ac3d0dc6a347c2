import type { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { openFlakes, openRunStore } from '#adapters/postgres/open-store.ts'
import { openPool } from '#adapters/postgres/pool.ts'
import type { Sighting } from '#domain/flake-case.ts'
import type { Flakes } from '#ports/flakes.ts'

import { databases } from '../../support/databases.ts'

const name = { check: 'test', file: null, title: 'adds \0 things' }

function sighting(number: number, more: Partial<Sighting> = {}): Sighting {
  return { test: name, branch: 'main', sha: 'a', runId: 'run_1', number, outcome: 'pass', ...more }
}

describe.each(databases)('on %s', (_name, openOne) => {
  let close: () => Promise<void>
  let pool: Pool
  let flakes: Flakes

  beforeAll(async () => {
    const opened = await openOne()
    close = opened.close
    pool = openPool(opened.url, 2)
    await openRunStore(pool)
    flakes = openFlakes(pool)
  })
  afterAll(async () => {
    await pool.end()
    await close()
  })

  test('what was seen of a test is told the newest first, once however often it is told, and for its repository', async () => {
    await flakes.saw(11, [sighting(0), sighting(1, { outcome: 'fail' })])
    await flakes.saw(11, [
      sighting(0, { outcome: 'infra' }),
      sighting(0, { runId: 'run_2', sha: 'b' }),
    ])
    await flakes.saw(12, [])

    const seen = await flakes.seen(11, name)
    expect(seen.map(({ sha, number, outcome }) => [sha, number, outcome])).toEqual([
      ['b', 0, 'pass'],
      ['a', 1, 'fail'],
      ['a', 0, 'pass'],
    ])
    expect(await flakes.seen(12, name)).toEqual([])
    expect(await flakes.seen(11, { ...name, title: 'another' })).toEqual([])
  })

  test('the issue of a test is known, and whether it is open', async () => {
    const test = { ...name, title: 'told' }
    await flakes.saw(21, [sighting(0, { test })])
    expect(await flakes.cases(21)).toEqual([{ test, issue: null, isOpen: false }])
    await flakes.told(21, { test, issue: 7, isOpen: true })
    await flakes.saw(21, [sighting(1, { test })])
    expect(await flakes.cases(21)).toEqual([{ test, issue: 7, isOpen: true }])
  })

  test('what was seen is forgotten by its age, and its issue is not', async () => {
    await flakes.saw(31, [sighting(0)])
    await flakes.told(31, { test: name, issue: 7, isOpen: true })
    await flakes.forget(new Date(Date.now() - 60_000))
    expect(await flakes.seen(31, name)).toHaveLength(1)
    await flakes.forget(new Date(Date.now() + 60_000))
    expect(await flakes.seen(31, name)).toEqual([])
    expect(await flakes.cases(31)).toMatchObject([{ issue: 7, isOpen: true }])
  })

  test('more runs than one statement holds are on record', async () => {
    const test = { ...name, title: 'often' }
    await flakes.saw(
      31,
      Array.from({ length: 9000 }, (_, number) => sighting(number, { test })),
    )
    expect(await flakes.seen(31, test)).toHaveLength(200)
  })
})
