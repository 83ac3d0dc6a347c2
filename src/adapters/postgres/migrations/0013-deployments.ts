import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export const deployments: Migration = {
  async up(database: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(database)
  },
}

const statements = [
  `create table goalkeeper.deployments (
    sequence bigint generated always as identity,
    run text primary key,
    repository bigint not null,
    environment text not null,
    pull integer not null,
    sha text not null,
    state text not null check (state in ('queued', 'deploying', 'live', 'verified', 'unverified', 'refused',
      'not-deployed', 'rolled-back', 'rollback-failed')),
    held_until timestamptz not null,
    approved_by text[] not null default '{}',
    approved_at timestamptz,
    previous text,
    entered_at timestamptz not null,
    began_at timestamptz,
    live_at timestamptz,
    ended_at timestamptz
  )`,
  `create index deployments_in_line on goalkeeper.deployments (repository, environment, sequence)`,
  // Whatever the code above does: at most one at a time, and each commit once.
  `create unique index deployments_one_at_a_time on goalkeeper.deployments (repository, environment)
    where state in ('deploying', 'live')`,
  `create unique index deployments_once on goalkeeper.deployments (repository, environment, sha)
    where state in ('deploying', 'live', 'verified', 'unverified', 'rolled-back', 'rollback-failed')`,
]
