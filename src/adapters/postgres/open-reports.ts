import { Kysely, PostgresDialect } from 'kysely'
import type { Pool } from 'pg'

import type { Accounts } from '#ports/accounts.ts'
import type { Deliveries } from '#ports/deliveries.ts'
import type { Outbox } from '#ports/news.ts'

import { postgresAccounts } from './accounts.ts'
import { postgresDeliveries } from './deliveries.ts'
import { schema } from './migrations.ts'
import { postgresOutbox } from './outbox.ts'
import { patiently } from './patience.ts'
import type { Tables } from './tables.ts'

/** What reports are made of; on a pool whose tables are up to date. */
export function openAccounts(pool: Pool): Accounts {
  const accounts = postgresAccounts(onSchema(pool))
  return { of: (id) => patiently(() => accounts.of(id)) }
}

/** What waits to be told; on the same pool. */
export function openOutbox(pool: Pool): Outbox {
  const outbox = postgresOutbox(onSchema(pool))
  return {
    post: (...of) => patiently(() => outbox.post(...of)),
    take: (...of) => patiently(() => outbox.take(...of)),
    sent: (id) => patiently(() => outbox.sent(id)),
    failed: (...of) => patiently(() => outbox.failed(...of)),
  }
}

/** What is counted over many deploys; on the same pool. */
export function openDeliveries(pool: Pool): Deliveries {
  const deliveries = postgresDeliveries(onSchema(pool))
  return { since: (time) => patiently(() => deliveries.since(time)) }
}

function onSchema(pool: Pool): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }).withSchema(schema)
}
