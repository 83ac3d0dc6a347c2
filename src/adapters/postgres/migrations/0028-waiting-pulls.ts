import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export const waitingPulls: Migration = {
  async up(database: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(database)
  },
}

const statements = [
  // Pull requests that are red because their base is, until they are told that it is green.
  `create table goalkeeper.waiting_pulls (
    repository bigint not null,
    pull integer not null,
    head_sha text not null,
    base text not null,
    since timestamptz not null default clock_timestamp(),
    told_at timestamptz,
    primary key (repository, pull, head_sha)
  )`,
  `create index waiting_pulls_by_base on goalkeeper.waiting_pulls (repository, base) where told_at is null`,
]
