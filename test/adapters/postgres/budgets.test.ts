import { randomUUID } from 'node:crypto'

import type { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { openBudgets, openRunStore } from '#adapters/postgres/open-store.ts'
import { openPool } from '#adapters/postgres/pool.ts'
import type { Budget } from '#domain/budget.ts'
import type { CoderUsage } from '#domain/coder.ts'
import { judgeReservation } from '#policy/budget.ts'
import type { Budgets, Spender } from '#ports/budgets.ts'

import { databases } from '../../support/databases.ts'

const budget: Budget = {
  task: { dollars: 3, tokens: 100_000, minutes: 30, attempts: 3 },
  day: { dollars: 10, tokens: 1_000_000, minutes: 300, attempts: 50 },
}
const today = new Date('2026-11-29T12:00:00.000Z')
const tomorrow = new Date('2026-11-30T00:00:00.000Z')

const spender = (more: Partial<Spender> = {}): Spender => ({
  repository: randomUUID(),
  taskId: randomUUID(),
  runId: randomUUID(),
  step: 'propose',
  ...more,
})

const usage = (dollars: number | null, more: Partial<CoderUsage> = {}): CoderUsage => ({
  model: 'fake/one',
  calls: 1,
  inputTokens: 900,
  outputTokens: 100,
  cachedTokens: 0,
  dollars,
  source: 'measured',
  durationMs: 6000,
  ...more,
})

describe.each(databases)('on %s', (_name, openOne) => {
  let close: () => Promise<void>
  let url: string
  let pool: Pool
  let budgets: Budgets

  beforeAll(async () => {
    const opened = await openOne()
    close = opened.close
    url = opened.url
    pool = openPool(url, 10)
    await openRunStore(pool)
    budgets = openBudgets(pool, (used) => judgeReservation(budget, used))
  })
  afterAll(async () => {
    await pool.end()
    await close()
  })

  const reserved = async (of: Spender, now = today) => {
    const answer = await budgets.reserve(of, now)
    if (answer.kind !== 'reserved') throw new Error(JSON.stringify(answer))
    return answer
  }

  test('what is spent is told without anything being set aside, and another day is another', async () => {
    const of = spender()
    expect(await budgets.spent(of, today)).toBeNull()
    const { id } = await reserved(of)
    await budgets.spend(id, 1, usage(3))
    await budgets.release(id)
    expect(await budgets.spent(of, today)).toMatchObject({ scope: 'task', used: 3 })
    const other = spender({ repository: of.repository })
    for (const call of [1, 2, 3]) {
      const next = await reserved(spender({ repository: of.repository }))
      await budgets.spend(next.id, call, usage(2.5))
      await budgets.release(next.id)
    }
    expect(await budgets.spent(other, today)).toMatchObject({ scope: 'day', used: 10.5 })
    expect(await budgets.spent(other, tomorrow)).toBeNull()
  })

  test('what one has set aside nobody else on the database can spend', async () => {
    const { repository } = spender()
    const others = [openPool(url, 2), openPool(url, 2)]
    const doors = others.map((one) => openBudgets(one, (used) => judgeReservation(budget, used)))
    const asked = Array.from({ length: 12 }, (_, index) =>
      (doors[index % 2] ?? budgets).reserve(spender({ repository }), today),
    )
    const answers = await Promise.all(asked)
    const given = answers.flatMap((one) => (one.kind === 'reserved' ? [one.allowance.dollars] : []))

    expect(given.toSorted((a, b) => a - b)).toEqual([1, 3, 3, 3])
    expect(answers.find(({ kind }) => kind === 'exhausted')).toMatchObject({
      reached: { scope: 'day', measure: 'dollars', used: 10, limit: 10 },
    })
    await Promise.all(others.map((one) => one.end()))
  })

  test('what was not spent is given back, and what was spent is not', async () => {
    const of = spender()
    const first = await reserved(of)
    expect(await budgets.spend(first.id, 1, usage(0.5))).toBe('go-on')
    expect(await budgets.spend(first.id, 1, usage(0.5))).toBe('go-on')
    await budgets.release(first.id)

    expect((await reserved(of)).allowance).toMatchObject({ dollars: 2.5, tokens: 99_000 })
  })

  test('a call that reaches the end is the last one, and says so also without a price', async () => {
    const { id } = await reserved(spender())
    expect(await budgets.spend(id, 1, usage(null))).toBe('go-on')
    expect(await budgets.spend(id, 2, usage(null, { inputTokens: 98_900 }))).toBe('spent')
    const priced = await reserved(spender())
    expect(await budgets.spend(priced.id, 1, usage(3))).toBe('spent')
  })

  test('who comes back after a crash has what is left, one attempt less, and the dead one no more', async () => {
    const of = spender()
    const dead = await reserved(of)
    await budgets.spend(dead.id, 1, usage(1))
    const again = await reserved(of)

    expect(again.allowance).toMatchObject({ dollars: 2, attempts: 2 })
    expect(await budgets.spend(dead.id, 2, usage(0.25))).toBe('spent')
    await budgets.release(again.id)
    expect((await reserved(of)).allowance.dollars).toBe(1.75)
  })

  test('attempts are counted, whatever they cost, and no other day gives a task more', async () => {
    const of = spender()
    for (let attempt = 1; attempt <= 3; attempt += 1) await budgets.release((await reserved(of)).id)
    expect(await budgets.reserve(of, tomorrow)).toMatchObject({
      kind: 'exhausted',
      reached: { scope: 'task', measure: 'attempts' },
    })
  })

  test('another day opens what a day had spent', async () => {
    const { repository } = spender()
    for (let task = 1; task <= 4; task += 1) {
      const { id, allowance } = await reserved(spender({ repository }))
      await budgets.spend(id, 1, usage(allowance.dollars))
      await budgets.release(id)
    }
    expect(await budgets.reserve(spender({ repository }), today)).toMatchObject({
      kind: 'exhausted',
      reached: { scope: 'day' },
    })
    expect((await reserved(spender({ repository }), tomorrow)).allowance.dollars).toBe(3)
  })

  test('nobody takes back what was spent, and the record says how it is known', async () => {
    const of = spender()
    const { id } = await reserved(of)
    await budgets.spend(id, 1, usage(0.2, { source: 'estimated' }))
    const { rows } = await pool.query<Record<string, unknown>>(
      'select kind, quantity, quantity * unit_price as amount, currency, source, model from goalkeeper.costs where task_id = $1 order by sequence',
      [of.taskId],
    )

    expect(rows).toMatchObject([
      { kind: 'attempts', quantity: 1 },
      { kind: 'tokens', quantity: 1000, amount: 0.2, currency: 'USD', source: 'estimated' },
      { kind: 'minutes', quantity: 0.1, model: 'fake/one' },
    ])
    for (const change of [
      'update goalkeeper.costs set quantity = 0',
      'delete from goalkeeper.costs',
    ])
      await expect(pool.query(change)).rejects.toThrow('only ever added')
  })
})
