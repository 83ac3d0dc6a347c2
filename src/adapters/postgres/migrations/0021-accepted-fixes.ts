import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export const acceptedFixes: Migration = {
  async up(database: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(database)
  },
}

const statements = [
  // A merged fix that somebody took back was no success. A squash has a commit of its own, which a revert names.
  `alter table goalkeeper.proposals add column merged_as text, add column reverted_at timestamptz`,
  // What models changed: a change that people accepted and that comes back is offered as a recipe.
  `create table goalkeeper.model_edits (
    repository bigint not null,
    task_id text not null,
    path text not null,
    before text not null,
    after text not null,
    at timestamptz not null default clock_timestamp(),
    primary key (repository, task_id, path)
  )`,
]
