import type { Pool } from 'pg'

import { openDatabase } from '#adapters/postgres/database.ts'
import { openRunStore } from '#adapters/postgres/open-store.ts'
import { openPool } from '#adapters/postgres/pool.ts'
import type { RunStore } from '#ports/run-store.ts'

import { settings } from './cli-settings.ts'

interface Opened {
  readonly pool: Pool
  readonly store: RunStore
}

/** Opens what is on record, with its tables up to date, for as long as the work takes. */
export async function onRecord<T>(work: (opened: Opened) => Promise<T>): Promise<T> {
  const { databaseUrl, home } = settings()
  const database = await openDatabase({ databaseUrl, directory: home })
  const pool = openPool(database.url, 1)
  try {
    return await work({ pool, store: await openRunStore(pool) })
  } finally {
    await pool.end()
    await database.stop()
  }
}
