import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'

import type { DeployState } from '#domain/deploy.ts'

import type { Tables } from './tables.ts'

export type Row = Selectable<Tables['deployments']>

/** Whoever asks about an environment has it alone for that moment. */
export async function inAlone<T>(
  database: Kysely<Tables>,
  { repository, environment }: Pick<Row, 'repository' | 'environment'>,
  work: (tx: Transaction<Tables>) => Promise<T>,
): Promise<T> {
  return await database.transaction().execute(async (tx) => {
    const place = `deploy ${repository} ${environment}`
    await sql`select pg_advisory_xact_lock(hashtextextended(${place}, 0))`.execute(tx)
    return await work(tx)
  })
}

/** The same for who has a row in it, with the row as it is then. Throws where there is none. */
export async function alone<T>(
  database: Kysely<Tables>,
  run: string,
  work: (tx: Transaction<Tables>, own: Row) => Promise<T>,
): Promise<T> {
  return await inAlone(database, await rowOf(database, run), async (tx) =>
    work(tx, await rowOf(tx, run)),
  )
}

async function rowOf(database: Kysely<Tables>, run: string): Promise<Row> {
  const rows = database.selectFrom('deployments').selectAll()
  return await rows.where('run', '=', run).executeTakeFirstOrThrow()
}

/** Ends those that nobody hears of. Nobody knows what became of one that had begun. */
export async function passOver(
  tx: Transaction<Tables>,
  { repository, environment }: Pick<Row, 'repository' | 'environment'>,
  now: Date,
): Promise<void> {
  await tx
    .updateTable('deployments')
    .set({
      state: sql<DeployState>`case state when 'queued' then 'refused' else 'unverified' end`,
      ended_at: now,
    })
    .where('repository', '=', repository)
    .where('environment', '=', environment)
    .where('ended_at', 'is', null)
    .where('held_until', '<', now)
    .execute()
}

export async function first(
  tx: Transaction<Tables>,
  place: Pick<Row, 'repository' | 'environment'>,
): Promise<Row | undefined> {
  return await inLine(tx, place).executeTakeFirst()
}

/** What is not over: what has begun, what people want back, and then the first come first. */
export function inLine(database: Kysely<Tables>, place: Pick<Row, 'repository' | 'environment'>) {
  return inEnvironment(database, place)
    .where('ended_at', 'is', null)
    .orderBy(sql`state = 'queued'`)
    .orderBy(sql`takes_back is null`)
    .orderBy('sequence')
}

export function inEnvironment(
  database: Kysely<Tables>,
  { repository, environment }: Pick<Row, 'repository' | 'environment'>,
) {
  return database
    .selectFrom('deployments')
    .selectAll()
    .where('repository', '=', repository)
    .where('environment', '=', environment)
}
