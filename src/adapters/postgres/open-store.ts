import { Kysely, PostgresDialect } from 'kysely'
import type { Pool } from 'pg'

import type { RunStore } from '#ports/run-store.ts'

import { migrate, schema } from './migrations.ts'
import { postgresRunStore } from './run-store.ts'
import type { Tables } from './tables.ts'

/** The run store on a pool of connections, its tables brought up to date. */
export async function openRunStore(pool: Pool): Promise<RunStore> {
  const database = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  await migrate(pool)
  return postgresRunStore(database.withSchema(schema))
}
