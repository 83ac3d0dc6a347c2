import { createHash } from 'node:crypto'

import type { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { verify } from '#adapters/audit/chain.ts'
import { chainAfter, exportAudit } from '#adapters/audit/export.ts'
import { openApprovals } from '#adapters/postgres/open-decisions.ts'
import { openRunStore } from '#adapters/postgres/open-store.ts'
import { openPool } from '#adapters/postgres/pool.ts'
import type { RunStore } from '#ports/run-store.ts'

import { digestOf } from '../../../src/app-gate.ts'
import { databases } from '../../support/databases.ts'
import { ran } from '../../support/observed.ts'
import { recordedRun } from '../../support/recorded-run.ts'

const plan = '["production",{"people":["Jürgen"]}]'
const now = new Date('2026-11-29T10:00:00.000Z')

describe.each(databases.slice(0, 1))('the export from %s', (_name, open) => {
  let pool: Pool
  let store: RunStore
  let close: () => Promise<void>

  beforeAll(async () => {
    const opened = await open()
    pool = openPool(opened.url, 4)
    close = () => pool.end().then(() => opened.close())
    store = await openRunStore(pool)
    await store.saveRun(recordedRun)
    await store.saveEvidence(recordedRun.id, 'head/types', ran(2))
    for (const number of [1, 2, 3])
      await store.append({
        runId: recordedRun.id,
        key: `fact ${number}`,
        type: 'fix-fact',
        data: { number, text: 'Grüße "quoted"\n' },
      })
    const place = { repository: 11, pull: 5, environment: 'production' }
    await openApprovals(pool).approvals.record(place, {
      source: 'comment 17',
      verdict: 'approve',
      person: { id: 3, login: 'maria' },
      sha: 'a',
      trees: ['t'],
      plan,
      reason: null,
      emergency: false,
      at: now,
      expiresAt: now,
    })
  })
  afterAll(() => close())

  async function exported(since: Date | null = null) {
    let text = ''
    const end = await exportAudit({ pool, since, now, write: (more) => void (text += more) })
    return { text, end }
  }

  test('has every entry, decision and measurement, and is whole', async () => {
    const { text, end } = await exported()
    const kinds = text
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line).kind)
    expect(kinds).toEqual(['entry', 'entry', 'entry', 'decision', 'evidence', 'end'])
    expect(verify(text)).toEqual({ kind: 'whole', end })
    expect(end).toMatchObject({ entries: 3, lines: 5 })
    const decision = text.split('\n').find((line) => line.includes('"decision"')) ?? ''
    // The same digits as on the check that was approved.
    expect(JSON.parse(decision)).toMatchObject({ record: { plan, plan_digest: digestOf(plan) } })
  })

  test.each<[string, (lines: string[]) => string[], string]>([
    [
      'a word of an entry',
      ([a = '', ...rest]) => [a, ...rest.map((line) => line.replace('"number":2', '"number":9'))],
      'changed',
    ],
    ['an entry that is gone', (lines) => lines.toSpliced(1, 1), 'changed'],
    ['two entries in another order', ([a = '', b = '', ...rest]) => [b, a, ...rest], 'changed'],
    ['a decision that is gone', (lines) => lines.toSpliced(3, 1), 'changed'],
    ['the last line that is gone', (lines) => lines.slice(0, -1), 'no-end'],
  ])('shows %s', async (_what, change, kind) => {
    const { text } = await exported()
    expect(verify(`${change(text.trim().split('\n')).join('\n')}\n`)).toMatchObject({ kind })
  })

  test('shows what was changed also where the last line was made to fit', async () => {
    const { text, end } = await exported()
    const told = text.trim().split('\n').slice(0, -1)
    const lines = told.map((line) => `${line.replace('"number":2', '"number":9')}\n`)
    const digest = createHash('sha256').update(lines.join('')).digest('hex')

    const made = `${lines.join('')}${JSON.stringify({ ...end, digest })}\n`

    expect(verify(made)).toEqual({ kind: 'changed', line: 2 })
  })

  test('goes on where an earlier one ended, and shows what was changed in the database since', async () => {
    const { end } = await exported()
    await store.append({ runId: null, key: 'later', type: 'note', data: {} })
    expect(await chainAfter(pool, end.entries)).toBe(end.chain)
    await pool.query('alter table goalkeeper.audit disable trigger user')
    await pool.query(`update goalkeeper.audit set data = '{"number": 9}' where key = 'fact 1'`)
    expect(await chainAfter(pool, end.entries)).not.toBe(end.chain)
    expect(await chainAfter(pool, 99)).toBeNull()
  })

  test('since a time has only what came then, with the same chain', async () => {
    const { text, end } = await exported(new Date(Date.now() + 60_000))
    expect(text.trim().split('\n')).toHaveLength(1)
    expect(end.chain).toBe((await exported()).end.chain)
    expect(verify(text).kind).toBe('whole')
  })
})
