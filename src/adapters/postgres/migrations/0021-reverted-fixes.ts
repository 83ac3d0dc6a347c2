import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export const revertedFixes: Migration = {
  async up(database: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(database)
  },
}

const statements = [
  // A merged fix that somebody took back was no success. A squash has a commit of its own, which a revert names.
  `alter table goalkeeper.proposals add column merged_as text, add column reverted_at timestamptz`,
]
