import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export const culprits: Migration = {
  async up(database: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(database)
  },
}

const statements = [
  // What was decided about each proved culprit, and why nothing was done where nothing was.
  `create table goalkeeper.culprits (
    repository bigint not null,
    sha text not null,
    run_id text not null,
    kept text,
    decided_at timestamptz not null default clock_timestamp(),
    -- When its revert was made ready to be merged.
    readied_at timestamptz,
    primary key (repository, sha, run_id)
  )`,
  `create index culprits_proposed on goalkeeper.culprits (repository, decided_at) where kept is null`,
  // A revert is no fix: a newer fix does not take its place.
  `alter table goalkeeper.proposals add column kind text not null default 'fix'`,
  // What a command said on a tree: the same files need not be run again by the next search.
  `create table goalkeeper.looks (
    tree text not null,
    command text not null,
    evidence jsonb not null,
    looked_at timestamptz not null default clock_timestamp(),
    primary key (tree, command)
  )`,
]
