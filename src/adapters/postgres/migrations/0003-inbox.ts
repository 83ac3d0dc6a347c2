import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export const inbox: Migration = {
  async up(database: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(database)
  },
}

const statements = [
  // The payload is text: a signed document may hold \\u0000, which jsonb refuses.
  `create table goalkeeper.inbox (
    delivery_id text primary key,
    sequence bigint generated always as identity,
    name text not null,
    payload text,
    state text not null default 'received' check (state in ('received', 'done', 'failed')),
    reason text,
    attempts integer not null default 0,
    received_at timestamptz not null default clock_timestamp(),
    -- Nobody takes it before; a lease is a time in the future together with its holder.
    due_at timestamptz not null default clock_timestamp(),
    holder text,
    settled_at timestamptz
  )`,
  `create index inbox_due on goalkeeper.inbox (sequence) where state = 'received'`,
  `create index inbox_held on goalkeeper.inbox (holder) where holder is not null`,
  `create index inbox_settled on goalkeeper.inbox (settled_at) where settled_at is not null`,
  // Where something that goes on for ever stood when it last ended, and when somebody last began it.
  `create table goalkeeper.bookmarks (
    name text primary key,
    place text,
    begun_at timestamptz not null default clock_timestamp()
  )`,
]
