import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export const claims: Migration = {
  async up(database: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(database)
  },
}

const statements = [
  // What a run is about: one run for each.
  `create table goalkeeper.claims (
    key text primary key,
    run_id text not null,
    task_id text not null,
    at timestamptz not null default clock_timestamp()
  )`,
  // Which run wrote a commit: asked when the checks of the commit have ended.
  `create index audit_commits on goalkeeper.audit ((data->>'sha')) where type = 'fix-commit'`,
]
