import { type Kysely, sql } from 'kysely'

import type { OpenGates, WatchedGate } from '#ports/approvals.ts'

import type { Tables } from './tables.ts'

const atOnce = 20
/** GitHub may have been away: so long nobody else looks, and then it is tried again. */
const againMs = 5 * 60_000
/** A repository that we were taken from is not asked about for ever. */
const givenUpMs = 24 * 60 * 60_000

/** Open gates in PostgreSQL. */
export function postgresOpenGates(database: Kysely<Tables>): OpenGates {
  return {
    watch: (gate, next) => watch(database, gate, next),
    async watched(repository) {
      const rows = database.selectFrom('open_gates').select('pull')
      const own = await rows.where('repository', '=', String(repository)).execute()
      return own.map(({ pull }) => pull)
    },
    async wake({ installation, id }, isEverywhere, now) {
      const all = database
        .updateTable('open_gates')
        .set({ look_at: now })
        .where('installation', '=', String(installation))
      await (isEverywhere ? all : all.where('repository', '=', String(id))).execute()
    },
    async due(now) {
      const { rows } = await sql<Row>`
        update goalkeeper.open_gates set look_at = ${new Date(now.getTime() + againMs)}
        where (repository, pull) in (
          select repository, pull from goalkeeper.open_gates
          where look_at <= ${now} and open_until > ${new Date(now.getTime() - givenUpMs)}
          order by look_at limit ${atOnce} for update skip locked
        )
        returning repository, pull, installation, owner, name`.execute(database)
      return rows.map(watchedGate)
    },
  }
}

async function watch(
  database: Kysely<Tables>,
  { repository, pull }: WatchedGate,
  next: Parameters<OpenGates['watch']>[1],
): Promise<void> {
  const key = { repository: String(repository.id), pull }
  if (next === null) {
    await database
      .deleteFrom('open_gates')
      .where('repository', '=', key.repository)
      .where('pull', '=', pull)
      .execute()
    return
  }
  const { owner, name } = repository
  const installation = String(repository.installation)
  const row = { installation, owner, name, look_at: next.lookAt, open_until: next.openUntil }
  await database
    .insertInto('open_gates')
    .values({ ...key, ...row })
    .onConflict((conflict) => conflict.columns(['repository', 'pull']).doUpdateSet(row))
    .execute()
}

interface Row {
  readonly repository: string
  readonly pull: number
  readonly installation: string
  readonly owner: string
  readonly name: string
}

function watchedGate({ repository: id, pull, installation, owner, name }: Row): WatchedGate {
  const repository = { id: Number(id), installation: Number(installation), owner, name }
  return { repository, pull }
}
