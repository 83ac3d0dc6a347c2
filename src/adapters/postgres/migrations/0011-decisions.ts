import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export const decisions: Migration = {
  async up(database: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(database)
  },
}

const statements = [
  // What people decided about deploys. A row is never deleted; a decision that does not count any more says why.
  `create table goalkeeper.decisions (
    sequence bigint generated always as identity,
    repository bigint not null,
    pull integer not null,
    environment text not null,
    source text not null,
    verdict text not null check (verdict in ('approve', 'reject')),
    person bigint not null,
    login text not null,
    sha text not null,
    trees text[] not null,
    plan text not null,
    reason text,
    decided_at timestamptz not null,
    expires_at timestamptz not null,
    voided text check (voided in ('superseded', 'edited', 'deleted', 'dismissed')),
    voided_at timestamptz,
    recorded_at timestamptz not null default clock_timestamp(),
    primary key (repository, source, environment)
  )`,
  `create index decisions_by_pull on goalkeeper.decisions (repository, pull, environment)`,
  // Gates that are open, and when somebody has to look whether they still may be. A row goes when its gate is closed.
  `create table goalkeeper.open_gates (
    repository bigint not null,
    pull integer not null,
    installation bigint not null,
    owner text not null,
    name text not null,
    look_at timestamptz not null,
    open_until timestamptz not null,
    primary key (repository, pull)
  )`,
  `create index open_gates_by_time on goalkeeper.open_gates (look_at)`,
]
