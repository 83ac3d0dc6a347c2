import { randomUUID } from 'node:crypto'

import { type Kysely, sql, type Transaction } from 'kysely'

import type { Amounts, Budget } from '#domain/budget.ts'
import type { CoderUsage } from '#domain/coder.ts'
import type { Budgets, Reserving, Spender } from '#ports/budgets.ts'

import type { Tables } from './tables.ts'

/** The judgement of a budget, handed in by who wires it: adapters decide nothing. */
export type JudgeBudget = (
  used: Budget,
) =>
  | Pick<Extract<Reserving, { kind: 'reserved' }>, 'allowance' | 'near'>
  | Extract<Reserving, { kind: 'exhausted' }>

/** Budgets in PostgreSQL: reservations of a repository are made one after the other, by an advisory lock. */
export function postgresBudgets(database: Kysely<Tables>, judge: JudgeBudget): Budgets {
  return {
    reserve: (spender, now) =>
      database.transaction().execute((within) => reserve(within, { spender, now, judge })),
    spend: (id, call, usage) => spend(database, { id, call, usage }),
    async spent({ repository, taskId }, now) {
      const judged = judge(await used(database, { repository, taskId, day: dayOf(now) }))
      return 'kind' in judged ? judged.reached : null
    },
    async release(id) {
      await database
        .updateTable('reservations')
        .set({ closed_at: sql`clock_timestamp()` })
        .where('id', '=', id)
        .where('closed_at', 'is', null)
        .execute()
    },
  }
}

interface Reserve {
  readonly spender: Spender
  readonly now: Date
  readonly judge: JudgeBudget
}

async function reserve(within: Transaction<Tables>, of: Reserve): Promise<Reserving> {
  const { repository, taskId, runId, step } = of.spender
  await sql`select pg_advisory_xact_lock(hashtextextended(${`budget ${repository}`}, 0))`.execute(
    within,
  )
  await within
    .updateTable('reservations')
    .set({ closed_at: sql`clock_timestamp()` })
    .where('run_id', '=', runId)
    .where('step', '=', step)
    .where('closed_at', 'is', null)
    .execute()
  const day = dayOf(of.now)
  const judged = of.judge(await used(within, { repository, taskId, day }))
  if ('kind' in judged) return judged
  const { dollars, tokens, minutes } = judged.allowance
  const id = randomUUID()
  const owner = { repository, task_id: taskId, run_id: runId, step, day }
  const reserved = { id, ...owner, dollars, tokens, minutes }
  await within.insertInto('reservations').values(reserved).execute()
  await within
    .insertInto('costs')
    .values({
      ...owner,
      reservation: id,
      call: 0,
      kind: 'attempts',
      quantity: 1,
      unit_price: null,
      source: 'measured',
    })
    .execute()
  return { kind: 'reserved', id, ...judged }
}

/** Of UTC, as the database writes it. */
function dayOf(now: Date): string {
  return now.toISOString().slice(0, 10)
}

/** What is spent, and what open reservations may still spend; those of runs that are over hold nothing. */
async function used(
  within: Kysely<Tables>,
  { repository, taskId, day }: { repository: string; taskId: string; day: string },
): Promise<Budget> {
  const task = await amounts(within, sql`task_id = ${taskId}`)
  const today = await amounts(within, sql`repository = ${repository} and day = ${day}`)
  return { task, day: today }
}

async function amounts(
  within: Kysely<Tables>,
  which: ReturnType<typeof sql<boolean>>,
): Promise<Amounts> {
  const { rows } = await sql<Amounts>`
    with spent as (select * from ${sql.table('goalkeeper.costs')} where ${which}),
    held as (
      select greatest(0, one.dollars - coalesce(sum(quantity * unit_price), 0)) as dollars,
        greatest(0, one.tokens - coalesce(sum(quantity) filter (where kind = 'tokens'), 0)) as tokens,
        greatest(0, one.minutes - coalesce(sum(quantity) filter (where kind = 'minutes'), 0)) as minutes
      from (
        select * from ${sql.table('goalkeeper.reservations')} where closed_at is null and ${which}
      ) as one
      left join spent on spent.reservation = one.id
      where not exists (
        select from ${sql.table('goalkeeper.runs')} as run
        where run.id = one.run_id and run.state = 'finished'
      )
      group by one.id, one.dollars, one.tokens, one.minutes
    )
    select
      coalesce((select sum(quantity * unit_price) from spent), 0)
        + coalesce((select sum(dollars) from held), 0) as dollars,
      coalesce((select sum(quantity) from spent where kind = 'tokens'), 0)
        + coalesce((select sum(tokens) from held), 0) as tokens,
      coalesce((select sum(quantity) from spent where kind = 'minutes'), 0)
        + coalesce((select sum(minutes) from held), 0) as minutes,
      coalesce((select sum(quantity) from spent where kind = 'attempts'), 0) as attempts
  `.execute(within)
  const [row] = rows
  if (row === undefined) throw new Error('A sum has a row.')
  return row
}

interface Spending {
  readonly id: string
  readonly call: number
  readonly usage: CoderUsage
}

/** A reservation that was closed over the head of its process is spent: somebody else goes on with the task. */
async function spend(database: Kysely<Tables>, of: Spending): Promise<'go-on' | 'spent'> {
  const held = await database
    .selectFrom('reservations')
    .selectAll()
    .select(sql<string>`day::text`.as('on'))
    .where('id', '=', of.id)
    .executeTakeFirstOrThrow()
  const { repository, task_id, run_id, step, on: day } = held
  const owner = { reservation: of.id, call: of.call, repository, task_id, run_id, step, day }
  await database
    .insertInto('costs')
    .values(entriesOf(of.usage).map((entry) => ({ ...owner, ...entry })))
    .onConflict((conflict) => conflict.columns(['reservation', 'call', 'kind']).doNothing())
    .execute()
  const { rows } = await sql<{ readonly is_over: boolean }>`
    select coalesce(sum(quantity * unit_price), 0) >= ${held.dollars}
      or coalesce(sum(quantity) filter (where kind = 'tokens'), 0) >= ${held.tokens}
      or coalesce(sum(quantity) filter (where kind = 'minutes'), 0) >= ${held.minutes} as is_over
    from ${sql.table('goalkeeper.costs')} where reservation = ${of.id}`.execute(database)
  return held.closed_at !== null || rows[0]?.is_over === true ? 'spent' : 'go-on'
}

/** Tokens that nobody counted are one unit of their price. */
function entriesOf({ model, source, dollars, durationMs, inputTokens, outputTokens }: CoderUsage) {
  const tokens = inputTokens + outputTokens
  const quantity = tokens === 0 && (dollars ?? 0) > 0 ? 1 : tokens
  const unit_price = dollars === null || quantity === 0 ? null : dollars / quantity
  const minutes = durationMs / 60_000
  return [
    { kind: 'tokens', model, source, quantity, unit_price },
    { kind: 'minutes', model, source: 'measured', quantity: minutes, unit_price: null },
  ] as const
}
