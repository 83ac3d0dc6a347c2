import { type Kysely, sql } from 'kysely'

import type { Bookmarks } from '#ports/bookmarks.ts'

import type { Tables } from './tables.ts'

/** Bookmarks in PostgreSQL; of processes that begin at once, one does. */
export function postgresBookmarks(database: Kysely<Tables>): Bookmarks {
  return {
    async begin(name, everyMs) {
      const { rows } = await sql<{ place: string | null }>`
        insert into goalkeeper.bookmarks as old (name) values (${name})
        on conflict (name) do update set begun_at = clock_timestamp()
        where old.begun_at <= clock_timestamp() - ${everyMs} * interval '1 millisecond'
        returning place`.execute(database)
      return rows[0] ?? null
    },
    async end(name, place) {
      await database
        .insertInto('bookmarks')
        .values({ name, place })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ place }))
        .execute()
    },
  }
}
