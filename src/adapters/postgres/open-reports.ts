import { Kysely, PostgresDialect } from 'kysely'
import type { Pool } from 'pg'

import type { Accounts } from '#ports/accounts.ts'

import { postgresAccounts } from './accounts.ts'
import { schema } from './migrations.ts'
import { patiently } from './patience.ts'
import type { Tables } from './tables.ts'

/** What reports are made of; on a pool whose tables are up to date. */
export function openAccounts(pool: Pool): Accounts {
  const accounts = postgresAccounts(onSchema(pool))
  return { of: (id) => patiently(() => accounts.of(id)) }
}

function onSchema(pool: Pool): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }).withSchema(schema)
}
