import { Kysely, PostgresDialect } from 'kysely'
import type { Pool } from 'pg'

import type { Accounts, GateRecords } from '#ports/accounts.ts'
import type { Bookmarks } from '#ports/bookmarks.ts'
import type { Deliveries, Emergencies } from '#ports/deliveries.ts'
import type { MendingTasks } from '#ports/mending-tasks.ts'
import type { Outbox } from '#ports/news.ts'
import type { RunStore } from '#ports/run-store.ts'
import type { FinishedRuns, Tallies } from '#ports/telemetry.ts'

import { postgresAccounts } from './accounts.ts'
import { postgresBookmarks } from './bookmarks.ts'
import { postgresDeliveries } from './deliveries.ts'
import { postgresEmergencies } from './emergencies.ts'
import { postgresFinishedRuns } from './finished-runs.ts'
import { postgresGateRecords } from './gate-records.ts'
import { postgresMendingTasks } from './mending-tasks.ts'
import { schema } from './migrations.ts'
import { postgresOutbox } from './outbox.ts'
import { patiently } from './patience.ts'
import type { Tables } from './tables.ts'
import { postgresTallies } from './tallies.ts'

/** What reports are made of; on a pool whose tables are up to date. */
export function openAccounts(pool: Pool): Accounts {
  const accounts = postgresAccounts(onSchema(pool))
  return { of: (id) => patiently(() => accounts.of(id)) }
}

/** Gates as they were when deploys came to them; on the same pool. */
export function openGateRecords(pool: Pool): GateRecords {
  const records = postgresGateRecords(onSchema(pool))
  return { of: (id) => patiently(() => records.of(id)) }
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

/** Deploys that somebody has to look at after the fact; on the same pool. */
export function openEmergencies(pool: Pool): Emergencies {
  const emergencies = postgresEmergencies(onSchema(pool))
  return { since: (time) => patiently(() => emergencies.since(time)) }
}

/** What is counted over many repairs; on the same pool. */
export function openMendingTasks(pool: Pool): MendingTasks {
  const tasks = postgresMendingTasks(onSchema(pool))
  return { since: (time) => patiently(() => tasks.since(time)) }
}

/** What is told of how the service does; on the same pool. */
export function openTelemetry(
  pool: Pool,
  store: Pick<RunStore, 'attempts'>,
): {
  readonly finishedRuns: FinishedRuns
  readonly tallies: Tallies
  readonly bookmarks: Bookmarks
} {
  const database = onSchema(pool)
  return {
    finishedRuns: postgresFinishedRuns({ database, store, accounts: openAccounts(pool) }),
    tallies: postgresTallies(database),
    bookmarks: postgresBookmarks(database),
  }
}

function onSchema(pool: Pool): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }).withSchema(schema)
}
