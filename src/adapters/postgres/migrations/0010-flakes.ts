import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export const flakes: Migration = {
  async up(database: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(database)
  },
}

const statements = [
  // Tests that failed by what may be chance, and the issue that tells of each.
  `create table goalkeeper.flakes (
    repository bigint not null,
    test text not null,
    name jsonb not null,
    issue integer,
    open boolean not null default false,
    primary key (repository, test)
  )`,
  // What each run of a test said, on which commit.
  `create table goalkeeper.sightings (
    repository bigint not null,
    test text not null,
    run_id text not null,
    number integer not null,
    branch text not null,
    sha text not null,
    outcome text not null,
    seen_at timestamptz not null default clock_timestamp(),
    primary key (repository, test, run_id, number)
  )`,
  `create index sightings_newest on goalkeeper.sightings (repository, test, seen_at desc)`,
]
