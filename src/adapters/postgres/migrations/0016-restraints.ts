import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export const restraints: Migration = {
  async up(database: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(database)
  },
}

const statements = [
  // What people told to wait. A row is never deleted; one that is lifted says by whom.
  `create table goalkeeper.restraints (
    sequence bigint generated always as identity,
    installation bigint not null,
    repository bigint not null,
    source text not null,
    kind text not null check (kind in ('lock', 'freeze', 'pause')),
    environment text,
    everywhere boolean not null,
    person bigint not null,
    login text not null,
    reason text,
    put_at timestamptz not null,
    lifted_at timestamptz,
    lifted_by text,
    recorded_at timestamptz not null default clock_timestamp(),
    primary key (repository, source)
  )`,
  `create index restraints_in_force on goalkeeper.restraints (installation) where lifted_at is null`,
  // An approval that goes through a freeze says so.
  `alter table goalkeeper.decisions add column emergency boolean not null default false`,
]
