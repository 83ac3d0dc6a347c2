import { type Kysely, type Selectable, sql } from 'kysely'

import type { Decision, VoidReason } from '#domain/gate.ts'
import type { Approvals, GatePlace } from '#ports/approvals.ts'

import type { Tables } from './tables.ts'

/** Decisions in PostgreSQL: the primary key makes each source one, and a reason is written where there is none. */
export function postgresApprovals(database: Kysely<Tables>): Approvals {
  return {
    record: (place, decision) => record(database, place, decision),
    async of({ repository, pull, environment }) {
      const rows = await database
        .selectFrom('decisions')
        .selectAll()
        .where('repository', '=', String(repository))
        .where('pull', '=', pull)
        .where('environment', '=', environment)
        .orderBy('sequence')
        .execute()
      return rows.map(decisionOf)
    },
    async find(repository, source) {
      const row = await database
        .selectFrom('decisions')
        .select(['pull', 'person'])
        .where('repository', '=', String(repository))
        .where('source', '=', source)
        .executeTakeFirst()
      return row === undefined ? null : { pull: row.pull, person: Number(row.person) }
    },
    async void(repository, source, because) {
      await voiding(database, repository, because).where('source', '=', source).execute()
    },
    async supersede({ repository, pull }, { sha, tree }) {
      await voiding(database, repository, 'superseded')
        .where('pull', '=', pull)
        .where('sha', '!=', sha)
        .where(sql<boolean>`not (${tree} = any (trees))`)
        .execute()
    },
  }
}

async function record(
  database: Kysely<Tables>,
  { repository, pull, environment }: GatePlace,
  decision: Omit<Decision, 'voided'>,
): Promise<void> {
  const { person, trees, at, expiresAt, ...rest } = decision
  const of = { repository: String(repository), pull, environment }
  const by = { person: String(person.id), login: person.login }
  const times = { decided_at: at, expires_at: expiresAt }
  await database
    .insertInto('decisions')
    .values({ ...rest, ...of, ...by, ...times, trees: [...trees] })
    .onConflict((conflict) => conflict.columns(['repository', 'source', 'environment']).doNothing())
    .execute()
}

function voiding(database: Kysely<Tables>, repository: number, because: VoidReason) {
  return database
    .updateTable('decisions')
    .set({ voided: because, voided_at: sql`clock_timestamp()` })
    .where('repository', '=', String(repository))
    .where('voided', 'is', null)
}

/** A decision as its row has it. */
export function decisionOf(row: Selectable<Tables['decisions']>): Decision {
  const { source, verdict, sha, trees, plan, reason, emergency, voided } = row
  const person = { id: Number(row.person), login: row.login }
  const times = { at: row.decided_at, expiresAt: row.expires_at }
  return { source, verdict, person, sha, trees, plan, reason, emergency, voided, ...times }
}
