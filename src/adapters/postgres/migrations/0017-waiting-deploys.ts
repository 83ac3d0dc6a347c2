import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export const waitingDeploys: Migration = {
  async up(database: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(database)
  },
}

const statements = [
  // Jobs of workflows that wait before an environment for our word, and the word they had.
  `create table goalkeeper.waiting_deploys (
    repository bigint not null,
    run bigint not null,
    environment text not null,
    installation bigint not null,
    owner text not null,
    name text not null,
    sha text not null,
    pull integer not null,
    delivery text not null,
    asked_at timestamptz not null,
    told text,
    reports integer not null default 0,
    answered text check (answered in ('approved', 'rejected')),
    approved_since timestamptz,
    primary key (repository, run, environment)
  )`,
  `create index waiting_deploys_open on goalkeeper.waiting_deploys (repository, pull) where answered is null`,
  // An approval lets one run through.
  `create unique index waiting_deploys_once on goalkeeper.waiting_deploys (repository, pull, environment, approved_since)`,
]
