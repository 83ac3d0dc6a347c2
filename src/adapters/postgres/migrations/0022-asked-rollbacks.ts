import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export const askedRollbacks: Migration = {
  async up(database: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(database)
  },
}

const statements = [
  // A way back that a person asked for stands in the same line as the deploys; its commit is the one that it takes back.
  `alter table goalkeeper.deployments add column takes_back text`,
  `drop index goalkeeper.deployments_once`,
  `create unique index deployments_once on goalkeeper.deployments (repository, environment, sha)
    where state in ('deploying', 'live', 'verified', 'unverified', 'rolled-back', 'rollback-failed')
      and takes_back is null`,
  // Whatever the code above does: one way back at a time, and each deploy is taken back once.
  `create unique index deployments_one_way_back on goalkeeper.deployments (repository, environment)
    where takes_back is not null and ended_at is null`,
  `create unique index deployments_taken_back_once on goalkeeper.deployments (takes_back)
    where state in ('deploying', 'rolled-back')`,
]
