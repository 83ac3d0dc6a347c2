import { Kysely, PostgresDialect } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import type { Pool } from 'pg'

import { first } from './migrations/0001-first.ts'
import { writeRecords } from './migrations/0002-write-records.ts'
import { inbox } from './migrations/0003-inbox.ts'
import { claims } from './migrations/0004-claims.ts'
import { recordsAtOnce } from './migrations/0005-records-at-once.ts'
import { repairs } from './migrations/0006-repairs.ts'
import { budgets } from './migrations/0007-budgets.ts'
import { culprits } from './migrations/0008-culprits.ts'
import { flakes } from './migrations/0010-flakes.ts'
import { decisions } from './migrations/0011-decisions.ts'
import { lessons } from './migrations/0012-lessons.ts'
import { deployments } from './migrations/0013-deployments.ts'
import { restraints } from './migrations/0016-restraints.ts'
import { waitingDeploys } from './migrations/0017-waiting-deploys.ts'
import { news } from './migrations/0019-news.ts'
import { acceptedFixes } from './migrations/0021-accepted-fixes.ts'
import { askedRollbacks } from './migrations/0022-asked-rollbacks.ts'
import { waitingPulls } from './migrations/0028-waiting-pulls.ts'

/** Every change of the tables in order; what was released is never edited. */
const migrations: Readonly<Record<string, Migration>> = {
  '0001-first': first,
  '0002-write-records': writeRecords,
  '0003-inbox': inbox,
  '0004-claims': claims,
  '0005-records-at-once': recordsAtOnce,
  '0006-repairs': repairs,
  '0007-budgets': budgets,
  '0008-culprits': culprits,
  '0010-flakes': flakes,
  '0011-decisions': decisions,
  '0012-lessons': lessons,
  '0013-deployments': deployments,
  '0016-restraints': restraints,
  '0017-waiting-deploys': waitingDeploys,
  '0019-news': news,
  '0021-accepted-fixes': acceptedFixes,
  '0022-asked-rollbacks': askedRollbacks,
  '0028-waiting-pulls': waitingPulls,
}

export const schema = 'goalkeeper'

/** Brings the tables up to date; several processes may ask at once. */
export async function migrate(pool: Pool): Promise<void> {
  await createSchema(pool)
  const database = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  const migrator = new Migrator({
    db: database,
    provider: { getMigrations: () => Promise.resolve({ ...migrations }) },
    migrationTableSchema: schema,
  })
  const { error } = await migrator.migrateToLatest()
  if (error) throw new Error('The tables could not be brought up to date.', { cause: error })
}

/** `if not exists` alone fails when two processes create the schema in the same instant. */
async function createSchema(pool: Pool): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query(`select pg_advisory_xact_lock(hashtext('${schema} schema'))`)
    await client.query(`create schema if not exists ${schema}`)
    await client.query('commit')
  } finally {
    client.release()
  }
}
