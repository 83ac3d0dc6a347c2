import { randomUUID } from 'node:crypto'

import type { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { openCulprits, openRunStore } from '#adapters/postgres/open-store.ts'
import { openPool } from '#adapters/postgres/pool.ts'
import type { Culprits } from '#ports/culprits.ts'

import { databases } from '../../support/databases.ts'
import { findingOf, said } from '../../support/fix-world.ts'

describe.each(databases)('on %s', (_name, openOne) => {
  let close: () => Promise<void>
  let pool: Pool
  let culprits: Culprits

  beforeAll(async () => {
    const opened = await openOne()
    close = opened.close
    pool = openPool(opened.url, 2)
    await openRunStore(pool)
    culprits = openCulprits(pool)
  })
  afterAll(async () => {
    await pool.end()
    await close()
  })

  test('what was proposed counts for other runs and repositories apart, and what was kept does not', async () => {
    const sha = randomUUID()
    await culprits.decide({ repository: 11, sha, runId: 'run_1', kept: null })
    await culprits.decide({ repository: 11, sha, runId: 'run_1', kept: null })
    await culprits.decide({ repository: 11, sha: 'other', runId: 'run_1', kept: 'too-old' })
    const proposed = (repository: number, runId: string) =>
      culprits.proposedBefore({ repository, sha, runId })

    expect(await proposed(11, 'run_2')).toBe(true)
    expect([await proposed(11, 'run_1'), await proposed(12, 'run_2')]).toEqual([false, false])
    const since = (from: Date) => culprits.proposedSince({ repository: 11, runId: 'run_2' }, from)
    expect(await since(new Date(0))).toBe(1)
    expect(await since(new Date(Date.now() + 60_000))).toBe(0)
  })

  test('what a command said is forgotten by its age', async () => {
    const said = { command: 'x', durationMs: 1, outputTail: '', findings: [] }
    await culprits.keep('old tree', 'x', { ...said, end: { kind: 'exited', exitCode: 0 } })
    await culprits.forget(new Date(Date.now() - 60_000))
    expect(await culprits.said('old tree', 'x')).not.toBeNull()
    await culprits.forget(new Date(Date.now() + 60_000))
    expect(await culprits.said('old tree', 'x')).toBeNull()
  })

  test('what was proposed stays so, and is counted as one revert however many commits it takes back', async () => {
    const of = { repository: 21, runId: 'run_1' }
    const since = { repository: 21, runId: 'run_2' }
    for (const sha of ['a', 'b']) await culprits.decide({ ...of, sha, kept: null })
    await culprits.decide({ ...of, sha: 'a', kept: 'not-proved' })
    await culprits.decide({ ...since, sha: 'a', kept: 'too-old' })
    const counted = async () => [
      await culprits.proposedSince(since, new Date(0)),
      await culprits.readiedSince(since, new Date(0)),
    ]
    expect(await counted()).toEqual([1, 0])

    await culprits.readied(of)
    await culprits.readied(since)
    expect(await counted()).toEqual([1, 1])
    expect(await culprits.readiedSince(of, new Date(0))).toBe(0)
  })

  test('what a command said on a tree is remembered for a week, and the first answer stays until then', async () => {
    const [first, second] = [said(findingOf('tsc', 'a.ts', 'zero \0 byte')), said()]
    await culprits.keep('tree', 'npm test', first)
    await culprits.keep('tree', 'npm test', second)

    expect(await culprits.said('tree', 'npm test')).toMatchObject({ end: first.end })
    expect(await culprits.said('tree', 'npm run lint')).toBe(null)
    await pool.query(`update goalkeeper.looks set looked_at = now() - interval '8 days'`)
    expect(await culprits.said('tree', 'npm test')).toBe(null)
    await culprits.keep('tree', 'npm test', second)
    expect(await culprits.said('tree', 'npm test')).toEqual(second)
  })
})
