import { Kysely, PostgresDialect } from 'kysely'
import type { Pool } from 'pg'

import type { RunStore } from '#ports/run-store.ts'

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
