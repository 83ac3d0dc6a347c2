import { Kysely, PostgresDialect } from 'kysely'
import type { Pool } from 'pg'

import type { Claims } from '#ports/claims.ts'
import type { RunStore } from '#ports/run-store.ts'

import { postgresClaims } from './claims.ts'
import { migrate, schema } from './migrations.ts'
import { patiently } from './patience.ts'
import { postgresRunStore } from './run-store.ts'
import type { Tables } from './tables.ts'

/** The run store on a pool of connections, its tables brought up to date. */
export async function openRunStore(pool: Pool): Promise<RunStore> {
  const database = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  await migrate(pool)
  return patientStore(postgresRunStore(database.withSchema(schema)))
}

/** Claims on the same pool; the store brought the tables up to date. */
export function openClaims(pool: Pool): Claims {
  const database = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  const claims = postgresClaims(database.withSchema(schema))
  return {
    take: (claim) => patiently(() => claims.take(claim)),
    whoWrote: (sha) => patiently(() => claims.whoWrote(sha)),
  }
}

/** Every write has its key, so each may be asked for again when the server was killed under it. */
function patientStore(store: RunStore): RunStore {
  return {
    saveRun: (run) => patiently(() => store.saveRun(run)),
    run: (id) => patiently(() => store.run(id)),
    runs: (filter) => patiently(() => store.runs(filter)),
    saveTask: (task) => patiently(() => store.saveTask(task)),
    saveAttempt: (attempt) => patiently(() => store.saveAttempt(attempt)),
    attempts: (id) => patiently(() => store.attempts(id)),
    saveEvidence: (id, key, of) => patiently(() => store.saveEvidence(id, key, of)),
    evidence: (id) => patiently(() => store.evidence(id)),
    append: (entry) => patiently(() => store.append(entry)),
    record: (records) => patiently(() => store.record(records)),
    audit: (id) => patiently(() => store.audit(id)),
  }
}
