import { randomUUID } from 'node:crypto'

import type { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import {
  openLedger,
  openLessons,
  openModelEdits,
  openRunStore,
} from '#adapters/postgres/open-store.ts'
import { openPool } from '#adapters/postgres/pool.ts'
import type { Lessons } from '#ports/lessons.ts'
import type { Proposals } from '#ports/proposals.ts'

import { databases } from '../../support/databases.ts'

const lesson = { kind: 'vitest/-', strategy: 'coder/one' }
const longAgo = new Date('2026-01-01T00:00:00.000Z')
const school = () => ({
  repository: randomUUID(),
  taskId: randomUUID(),
  runId: randomUUID(),
  check: 'test',
})

describe.each(databases)('on %s', (_name, openOne) => {
  let close: () => Promise<void>
  let pool: Pool
  let lessons: Lessons
  let proposals: Proposals

  beforeAll(async () => {
    const opened = await openOne()
    close = opened.close
    pool = openPool(opened.url, 4)
    await openRunStore(pool)
    lessons = openLessons(pool)
    proposals = openLedger(pool).proposals
  })
  afterAll(async () => {
    await pool.end()
    await close()
  })

  const known = (repository: string, since = longAgo) =>
    lessons.known(repository, ['vitest/-'], since)

  test('lessons are added up for a repository, and a climb that runs again teaches once', async () => {
    const of = school()
    const learned = [
      { ...lesson, isKept: false },
      { ...lesson, isKept: true },
      { ...lesson, kind: 'tsc/TS1', isKept: false },
    ]
    await lessons.learn(of, learned)
    await lessons.learn(of, learned)
    await lessons.learn(school(), learned)

    expect(await known(of.repository)).toEqual([{ ...lesson, kept: 1, tried: 2 }])
  })

  test('what is older than asked for is forgotten', async () => {
    const of = school()
    await lessons.learn(of, [{ ...lesson, isKept: true }])
    expect(await known(of.repository, new Date(Date.now() + 60_000))).toEqual([])
  })

  test('a fix that somebody closed without merging was no success; one that gave way to a newer one was', async () => {
    const [declined, superseded] = [school(), school()]
    for (const [number, of] of [declined, superseded].entries()) {
      await lessons.learn(of, [{ ...lesson, isKept: true }])
      const { taskId } = of
      const proposal = {
        branch: `auto-fix/${taskId}`,
        base: 'main',
        kind: 'fix' as const,
        headSha: 'c'.repeat(40),
        taskId,
      }
      const repository = 4711
      await proposals.save({ ...proposal, repository, number: number + 1, failure: 'red' })
      await proposals.giveUp(repository, number + 1, number === 0 ? 'closed' : 'superseded')
    }
    expect(await known(declined.repository)).toEqual([{ ...lesson, kept: 0, tried: 1 }])
    expect(await known(superseded.repository)).toEqual([{ ...lesson, kept: 1, tried: 1 }])
  })

  test('a merged fix counts until somebody takes it back, whatever a run took its closing for', async () => {
    const repository = 4712
    const ways = [
      { kept: 1, commits: ['d'.repeat(40)], pulls: [99] },
      { kept: 0, commits: ['a'.repeat(40)], pulls: [] },
      { kept: 0, commits: ['c'.repeat(40)], pulls: [] },
      { kept: 0, commits: [], pulls: [3] },
    ]
    for (const [number, { kept, ...which }] of ways.entries()) {
      const of = school()
      await lessons.learn(of, [{ ...lesson, isKept: true }])
      const proposal = { branch: `auto-fix/${of.taskId}`, base: 'main', kind: 'fix' as const }
      const head = { headSha: 'c'.repeat(40), taskId: of.taskId, failure: 'red' }
      await proposals.save({ ...proposal, ...head, repository, number })
      await proposals.giveUp(repository, number, 'closed')
      await proposals.merged(repository, number, 'a'.repeat(40))
      await proposals.takenBack(repository, 'topic', which)
      expect(await known(of.repository)).toEqual([{ ...lesson, kept: 1, tried: 1 }])
      await proposals.takenBack(repository, 'main', which)
      expect(await known(of.repository)).toEqual([{ ...lesson, kept, tried: 1 }])
      expect((await proposals.numbered(repository, number))?.isTakenBack).toBe(kept === 0)
    }
  })

  test('what a model changed counts as accepted once people merged it, until somebody takes it back', async () => {
    const edits = openModelEdits(pool)
    const [repository, taskId] = [4713, randomUUID()]
    const edit = { path: 'a.ts', before: 'a.size', after: 'a.length' }
    await edits.keep({ repository, taskId }, [edit])
    await edits.keep({ repository, taskId }, [{ ...edit, after: 'b' }])
    const proposal = { branch: 'auto-fix/1', base: 'main', kind: 'fix' as const, failure: 'red' }
    await proposals.save({ ...proposal, headSha: 'c'.repeat(40), taskId, repository, number: 5 })
    expect(await edits.accepted(repository)).toEqual([])
    await proposals.merged(repository, 5, null)
    expect(await edits.accepted(repository)).toEqual([{ ...edit, number: 5 }])
    expect(await edits.accepted(1)).toEqual([])
    await proposals.takenBack(repository, 'main', { commits: [], pulls: [5] })
    expect(await edits.accepted(repository)).toEqual([])
  })
})
