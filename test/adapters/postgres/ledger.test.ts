import { randomUUID } from 'node:crypto'

import type { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { openLedger, openRunStore } from '#adapters/postgres/open-store.ts'
import { openPool } from '#adapters/postgres/pool.ts'
import type { Run } from '#domain/run.ts'
import type { Proposals } from '#ports/proposals.ts'
import type { Repairs, TakenFailure } from '#ports/repairs.ts'
import type { RunStore } from '#ports/run-store.ts'
import type { WaitingPulls } from '#ports/waiting-pulls.ts'

import { databases } from '../../support/databases.ts'

const aRun: Run = {
  id: '',
  workflow: 'auto-fix-on-github',
  repository: 'acme/kiosk',
  headSha: 'abc',
  taskId: null,
  state: 'running',
  outcome: null,
  reason: null,
  detail: null,
  startedAt: '2026-11-21T10:00:00.000Z',
  finishedAt: null,
}

const wanted = (more: Partial<TakenFailure> = {}): TakenFailure => ({
  repository: 11,
  failure: randomUUID(),
  taskId: randomUUID(),
  runId: randomUUID(),
  branch: 'main',
  headSha: 'a1',
  round: 1,
  ...more,
})

const other = (first: TakenFailure, more: Partial<TakenFailure> = {}) =>
  wanted({ failure: first.failure, ...more })

describe.each(databases)('on %s', (_name, openOne) => {
  let close: () => Promise<void>
  let pool: Pool
  let store: RunStore
  let repairs: Repairs
  let proposals: Proposals
  let waitingPulls: WaitingPulls

  beforeAll(async () => {
    const opened = await openOne()
    close = opened.close
    pool = openPool(opened.url, 10)
    store = await openRunStore(pool)
    const ledger = openLedger(pool)
    repairs = ledger.repairs
    proposals = ledger.proposals
    waitingPulls = ledger.waitingPulls
  })
  afterAll(async () => {
    await pool.end()
    await close()
  })

  test('of many who want a failure at once one gets it, and gets it again', async () => {
    const first = wanted()
    const all = Array.from({ length: 8 }, () => other(first))
    const answers = await Promise.all(all.map((one) => repairs.take(one)))
    const winner = all[answers.findIndex(({ kind }) => kind === 'taken')] ?? first

    expect(answers.filter(({ kind }) => kind === 'taken')).toHaveLength(1)
    expect(answers.filter((one) => one.kind === 'held' && one.by === winner.runId)).toHaveLength(7)
    expect(await repairs.take(winner)).toEqual({ kind: 'taken' })
  })

  test('one on a newer commit of the branch takes it over; one on another branch does not', async () => {
    const first = wanted()
    await repairs.take(first)
    const elsewhere = await repairs.take(other(first, { branch: 'topic', headSha: 'b2' }))
    const newer = other(first, { headSha: 'b2' })

    expect(elsewhere).toEqual({ kind: 'held', by: first.runId })
    expect(await repairs.take(newer)).toEqual({ kind: 'taken' })
    expect(await repairs.onBranch(11, 'main')).toContainEqual({
      runId: newer.runId,
      headSha: 'b2',
    })
    expect(await repairs.spent(11, first.failure)).toBe(0)
  })

  test('what a cancelled run left behind is free', async () => {
    const first = wanted()
    await repairs.take(first)
    await store.saveRun({ ...aRun, id: first.runId, state: 'finished', outcome: 'cancelled' })
    expect(await repairs.take(other(first, { branch: 'topic' }))).toEqual({ kind: 'taken' })
  })

  test('what was handed on is held also before the next run is on record', async () => {
    const first = wanted()
    await repairs.take(first)
    await repairs.passOn(first.taskId, 'the next')
    await store.saveRun({ ...aRun, id: first.runId, state: 'finished' })
    expect(await repairs.take(other(first, { branch: 'topic' }))).toEqual({
      kind: 'held',
      by: 'the next',
    })
  })

  test('the same failure in a later round of the same task is known again', async () => {
    const first = wanted()
    await repairs.take(first)
    expect(await repairs.take({ ...first, round: 2 })).toEqual({ kind: 'unchanged' })
    expect(await repairs.take({ ...first, failure: randomUUID(), round: 2 })).toEqual({
      kind: 'taken',
    })
  })

  test('tasks without a green fix are counted since the last with one', async () => {
    const first = wanted()
    for (const how of ['unfixed', 'green', 'unfixed', 'stood-down', 'unfixed'] as const) {
      const next = other(first)
      await repairs.take(next)
      await repairs.end(next.taskId, how)
    }
    expect(await repairs.spent(11, first.failure)).toBe(2)
    expect(await repairs.spent(12, first.failure)).toBe(0)
  })

  test('a pull request is known by its branch, its base and its failure, until it is given up', async () => {
    const repository = 77
    const at = { repository, number: 5, branch: 'auto-fix/1-a', base: 'main', headSha: 'a1' }
    const one = { kind: 'revert', ...at } as const
    await proposals.save({ ...one, failure: 'types', taskId: 't' })
    await proposals.save({ ...one, failure: 'lint', taskId: 't', headSha: 'a2' })
    const last = { headSha: 'a2', taskId: 't', givenUp: null, isTakenBack: false }
    const known = { ...one, ...last }

    expect(await proposals.of(repository, 'types')).toEqual([{ ...known, isSameFailure: true }])
    expect(await proposals.of(repository, 'lint')).toMatchObject([{ isSameFailure: false }])
    expect(await proposals.onBranch(repository, 'auto-fix/1-a')).toMatchObject(known)
    expect(await proposals.forBase(repository, 'main')).toMatchObject([known])

    const bug = { ...one, kind: 'bug', number: 6, branch: 'auto-fix/2-b' } as const
    await proposals.save({ ...bug, failure: 'bug', taskId: 't' })
    expect(await proposals.forBase(repository, 'main')).toMatchObject([known])

    await proposals.giveUp(repository, 5, 'taken-over')
    await proposals.giveUp(repository, 5, 'closed')
    expect(await proposals.forBase(repository, 'main')).toEqual([])
    expect(await proposals.onBranch(repository, 'auto-fix/1-a')).toMatchObject({
      givenUp: 'taken-over',
    })
  })

  test('a pull request waits for its base at one commit, until it is told', async () => {
    const tea = { repository: 78, pull: 5, headSha: 'a1', base: 'main' }
    const cake = { ...tea, pull: 6, base: 'next' }
    for (const one of [tea, tea, cake]) await waitingPulls.wait(one)
    expect(await waitingPulls.forBase(78, 'main')).toEqual([tea])
    expect(await waitingPulls.forBase(79, 'main')).toEqual([])

    await waitingPulls.told(tea)
    await waitingPulls.wait(tea)
    const later = { ...tea, headSha: 'a2' }
    await waitingPulls.wait(later)
    expect(await waitingPulls.forBase(78, 'main')).toEqual([later])
    expect(await waitingPulls.forBase(78, 'next')).toEqual([cake])
  })
})
