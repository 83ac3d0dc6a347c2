import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'

import type { DeployState } from '#domain/deploy.ts'
import type { Begun, Deployments, Lease, Turn } from '#ports/deployments.ts'

import type { Tables } from './tables.ts'

type Row = Selectable<Tables['deployments']>

/** Deployments in PostgreSQL. Whoever asks about an environment has it alone for that moment. */
export function postgresDeployments(database: Kysely<Tables>): Deployments {
  return {
    async enter({ runId: run, repository, ...of }, { now, until }) {
      await database
        .insertInto('deployments')
        .values({
          ...of,
          run,
          repository: String(repository),
          state: 'queued',
          held_until: until,
          entered_at: now,
        })
        .onConflict((conflict) => conflict.column('run').doNothing())
        .execute()
    },
    turn: (run, lease) => alone(database, run, (tx, own) => turn(tx, own, lease)),
    begin: (run, approved) => alone(database, run, (tx, own) => begin(tx, own, approved)),
    underWay: (...of) => underWay(database, ...of),
    async live(run, at) {
      const now = { state: 'live' as const, live_at: at }
      await database
        .updateTable('deployments')
        .set(now)
        .where('run', '=', run)
        .where('state', '=', 'deploying')
        .execute()
    },
    async end(run, state, at) {
      await database
        .updateTable('deployments')
        .set({ state, ended_at: at })
        .where('run', '=', run)
        .where('ended_at', 'is', null)
        .execute()
    },
  }
}

async function underWay(
  database: Kysely<Tables>,
  ...[repository, environment]: Parameters<Deployments['underWay']>
): Promise<readonly string[]> {
  const open = database
    .selectFrom('deployments')
    .select('run')
    .where('repository', '=', String(repository))
    .where('ended_at', 'is', null)
    .orderBy('sequence')
  const there = environment === null ? open : open.where('environment', '=', environment)
  return (await there.execute()).map(({ run }) => run)
}

async function alone<T>(
  database: Kysely<Tables>,
  run: string,
  work: (tx: Transaction<Tables>, own: Row) => Promise<T>,
): Promise<T> {
  return await database.transaction().execute(async (tx) => {
    const known = await tx
      .selectFrom('deployments')
      .selectAll()
      .where('run', '=', run)
      .executeTakeFirstOrThrow()
    const place = `deploy ${known.repository} ${known.environment}`
    await sql`select pg_advisory_xact_lock(hashtextextended(${place}, 0))`.execute(tx)
    const own = await tx
      .selectFrom('deployments')
      .selectAll()
      .where('run', '=', run)
      .executeTakeFirstOrThrow()
    return await work(tx, own)
  })
}

async function turn(tx: Transaction<Tables>, own: Row, { now, until }: Lease): Promise<Turn> {
  if (own.ended_at !== null) return 'lost'
  await tx
    .updateTable('deployments')
    .set({ held_until: until })
    .where('run', '=', own.run)
    .execute()
  // Nobody knows what became of one that had begun.
  await tx
    .updateTable('deployments')
    .set({
      state: sql<DeployState>`case state when 'queued' then 'refused' else 'unverified' end`,
      ended_at: now,
    })
    .where('repository', '=', own.repository)
    .where('environment', '=', own.environment)
    .where('ended_at', 'is', null)
    .where('held_until', '<', now)
    .execute()
  return (await first(tx, own)) === own.run ? 'ours' : 'wait'
}

async function first(tx: Transaction<Tables>, own: Row): Promise<string | undefined> {
  return (await inLine(tx, own).executeTakeFirst())?.run
}

/** What is not over, the first come first. */
function inLine(database: Kysely<Tables>, place: Pick<Row, 'repository' | 'environment'>) {
  return inEnvironment(database, place).where('ended_at', 'is', null).orderBy('sequence')
}

async function begin(
  tx: Transaction<Tables>,
  own: Row,
  approved: Parameters<Deployments['begin']>[1],
): Promise<Begun> {
  if (own.ended_at !== null || (await first(tx, own)) !== own.run) return { kind: 'turn-lost' }
  if (own.state !== 'queued') return { kind: 'begun', previous: own.previous }
  const before = await inEnvironment(tx, own)
    .where('run', '!=', own.run)
    .where('state', 'not in', ['queued', 'refused', 'not-deployed'])
    .orderBy('ended_at', 'desc')
    .execute()
  if (before.some(({ sha }) => sha === own.sha)) return { kind: 'deployed-before' }
  if (isHeld(before[0], approved.since)) return { kind: 'on-hold' }
  const previous = before.find(({ state }) => state === 'verified')?.sha ?? null
  const { by, since, now } = approved
  const begun = { approved_by: [...by], approved_at: since, began_at: now, previous }
  await tx
    .updateTable('deployments')
    .set({ ...begun, state: 'deploying' })
    .where('run', '=', own.run)
    .execute()
  return { kind: 'begun', previous }
}

/** Until somebody approves after it, what was taken back holds up what comes. */
function isHeld(last: Row | undefined, since: Date): boolean {
  const isBack = last?.state === 'rolled-back' || last?.state === 'rollback-failed'
  return isBack && last.ended_at !== null && since <= last.ended_at
}

function inEnvironment(
  database: Kysely<Tables>,
  { repository, environment }: Pick<Row, 'repository' | 'environment'>,
) {
  return database
    .selectFrom('deployments')
    .selectAll()
    .where('repository', '=', repository)
    .where('environment', '=', environment)
}
