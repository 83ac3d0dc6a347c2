import { Kysely, PostgresDialect } from 'kysely'
import type { Pool } from 'pg'

import type { Bookmarks } from '#ports/bookmarks.ts'
import type { Inbox } from '#ports/inbox.ts'

import { postgresBookmarks } from './bookmarks.ts'
import { postgresInbox } from './inbox.ts'
import { migrate, schema } from './migrations.ts'
import type { Tables } from './tables.ts'

/** What the intake writes down, on a pool of connections of its own: a busy engine must not keep a webhook waiting. */
export async function openInbox(
  pool: Pool,
): Promise<{ readonly inbox: Inbox; readonly bookmarks: Bookmarks }> {
  await migrate(pool)
  const database = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  const tables = database.withSchema(schema)
  return { inbox: postgresInbox(tables), bookmarks: postgresBookmarks(tables) }
}
