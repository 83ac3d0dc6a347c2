import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export const news: Migration = {
  async up(database: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(database)
  },
}

const statements = [
  // What is to be told, once per channel. Where to is a setting: there is no address and no token in it.
  `create table goalkeeper.news (
    sequence bigint generated always as identity,
    key text not null,
    channel text not null check (channel in ('slack', 'slack-api', 'mail', 'webhook')),
    news jsonb not null,
    state text not null default 'due' check (state in ('due', 'sent', 'given-up')),
    attempts integer not null default 0,
    problem text,
    posted_at timestamptz not null default clock_timestamp(),
    due_at timestamptz not null default clock_timestamp(),
    settled_at timestamptz,
    primary key (key, channel)
  )`,
  `create index news_due on goalkeeper.news (sequence) where state = 'due'`,
]
