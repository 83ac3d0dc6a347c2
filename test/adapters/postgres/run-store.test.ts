import { randomUUID } from 'node:crypto'

import type { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { openRunStore } from '#adapters/postgres/open-store.ts'
import { openPool } from '#adapters/postgres/pool.ts'
import type { Evidence } from '#domain/evidence.ts'
import type { Attempt, Run } from '#domain/run.ts'
import type { Task } from '#domain/task.ts'
import type { RunStore } from '#ports/run-store.ts'

import { databases } from '../../support/databases.ts'

const aRun = (more: Partial<Run> = {}): Run => ({
  id: randomUUID(),
  workflow: 'auto-fix',
  repository: 'acme/shop',
  headSha: 'abc123',
  taskId: null,
  state: 'running',
  outcome: null,
  reason: null,
  detail: null,
  startedAt: '2026-11-21T10:00:00.000Z',
  finishedAt: null,
  ...more,
})

const anAttempt = (runId: string, more: Partial<Attempt> = {}): Attempt => ({
  runId,
  phase: 'fix',
  step: 'propose',
  number: 1,
  state: 'running',
  reason: null,
  detail: null,
  startedAt: '2026-11-21T10:00:01.000Z',
  finishedAt: null,
  ...more,
})

describe.each(databases)('on %s', (_name, open) => {
  let database: Awaited<ReturnType<typeof open>>
  let pool: Pool
  let store: RunStore

  beforeAll(async () => {
    database = await open()
    pool = openPool(database.url, 4)
    // Several processes may come at once to a new database.
    const [first] = await Promise.all([openRunStore(pool), openRunStore(pool), openRunStore(pool)])
    store = first
  })
  afterAll(async () => {
    await pool.end()
    await database.close()
  })

  test('a run is read as it was saved last', async () => {
    const run = aRun()
    const finished = { state: 'finished', outcome: 'failure', reason: 'flaky' } as const
    const ended = { ...run, ...finished, detail: 'x', finishedAt: '2026-11-21T10:05:00.000Z' }

    await store.saveRun(run)
    await store.saveRun(ended)

    expect(await store.run(run.id)).toEqual(ended)
    expect(await store.run('nobody')).toBeNull()
  })

  test('runs are found by repository and by whether they are over, newest first', async () => {
    const repository = randomUUID()
    const old = aRun({ repository, state: 'finished', outcome: 'success' })
    const young = aRun({ repository, startedAt: '2026-11-21T11:00:00.000Z' })
    await store.saveRun(old)
    await store.saveRun(young)

    expect(await store.runs({ repository })).toEqual([young, old])
    expect(await store.runs({ repository, unfinished: true })).toEqual([young])
    expect(await store.runs({ repository, unfinished: false })).toEqual([old])
  })

  test('an attempt keeps its end when a late note says that it started', async () => {
    const { id } = aRun()
    const started = anAttempt(id)
    const ended = {
      ...started,
      state: 'succeeded',
      finishedAt: '2026-11-21T10:00:02.000Z',
    } as const

    await store.record({ attempts: [started, ended], entries: [] })
    await store.saveAttempt(started)

    expect(await store.attempts(id)).toEqual([ended])
  })

  test('evidence is kept by its key in the order it came, whatever a program printed', async () => {
    const { id } = aRun()
    const evidence: Evidence = {
      command: 'npm run lint',
      end: { kind: 'exited', exitCode: 1 },
      durationMs: 12.5,
      outputTail: 'zero \0 and \u001B[31mred',
      findings: [],
    }

    await store.saveEvidence(id, 'before', evidence)
    await store.saveEvidence(id, 'after', { ...evidence, end: { kind: 'exited', exitCode: 0 } })
    await store.saveEvidence(id, 'before', evidence)

    const kept = await store.evidence(id)
    expect(kept.map(({ key, evidence: { end } }) => [key, end])).toEqual([
      ['before', { kind: 'exited', exitCode: 1 }],
      ['after', { kind: 'exited', exitCode: 0 }],
    ])
    expect(kept[0]?.evidence.outputTail).toBe('zero \uFFFD and \u001B[31mred')
  })

  test('a task is saved once and again', async () => {
    const task: Task = {
      id: randomUUID(),
      kind: 'fix_bugs',
      title: 'Fix lint',
      priority: 5,
      severity: 'low',
      filePaths: ['a.ts'],
    }

    await store.saveTask(task)
    await store.saveTask({ ...task, priority: 9 })

    const { rows } = await pool.query('select priority from goalkeeper.tasks where id = $1', [
      task.id,
    ])
    expect(rows).toEqual([{ priority: 9 }])
  })

  test('the audit log takes a key once, and keeps the order', async () => {
    const { id } = aRun()
    const entry = (key: string, data: string) => ({ runId: id, key, type: 'noted', data })

    await store.record({ attempts: [], entries: [entry('a', 'first'), entry('b', 'second')] })
    await store.append(entry('a', 'again'))

    const log = await store.audit(id)
    expect(log.map(({ data }) => data)).toEqual(['first', 'second'])
    const alone = { runId: null, key: `start ${id}`, type: 'noted', data: {} }
    await store.append(alone)
    await store.append(alone)
    const { rows } = await pool.query('select from goalkeeper.audit where key = $1', [alone.key])
    expect(rows).toHaveLength(1)
  })

  test.each([
    ['update', `update goalkeeper.audit set data = '{}'`],
    ['delete', 'delete from goalkeeper.audit'],
    ['truncate', 'truncate goalkeeper.audit'],
  ])('the database itself refuses to %s the audit log', async (_verb, statement) => {
    await expect(pool.query(statement)).rejects.toThrow('the audit log only grows')
  })
})
