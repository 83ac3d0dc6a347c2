import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export const lessons: Migration = {
  async up(database: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(database)
  },
}

const statements = [
  // What became of each candidate of a climb; what a human declined stands in the proposals of its task.
  `create table goalkeeper.lessons (
    sequence bigint generated always as identity primary key,
    repository text not null,
    task_id text not null,
    run_id text not null,
    check_name text not null,
    number integer not null,
    kind text not null,
    strategy text not null,
    is_kept boolean not null,
    at timestamptz not null default clock_timestamp(),
    unique (run_id, check_name, number)
  )`,
  `create index lessons_by_kind on goalkeeper.lessons (repository, kind, at)`,
]
