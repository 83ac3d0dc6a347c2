import { type Kysely, sql } from 'kysely'

import { evidence } from '#domain/evidence.ts'
import type { Attempt } from '#domain/run.ts'
import type { RunStore } from '#ports/run-store.ts'

import { attemptFrom, attemptRow, auditFrom, runFrom, runRow } from './rows.ts'
import type { Tables } from './tables.ts'

/** The domain records in PostgreSQL; tables are made by `migrate`. */
export function postgresRunStore(database: Kysely<Tables>): RunStore {
  return {
    ...runs(database),
    ...attempts(database),
    ...records(database),
    ...evidences(database),
    ...audits(database),
  }
}

function runs(database: Kysely<Tables>): Pick<RunStore, 'saveRun' | 'run' | 'runs' | 'saveTask'> {
  return {
    async saveRun(run) {
      const { id, ...rest } = runRow(run)
      await database
        .insertInto('runs')
        .values({ id, ...rest })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(rest))
        .execute()
    },
    async run(id) {
      const row = await database
        .selectFrom('runs')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirst()
      return row ? runFrom(row) : null
    },
    async runs({ repository, unfinished }) {
      let query = database.selectFrom('runs').selectAll()
      if (repository !== undefined) query = query.where('repository', '=', repository)
      if (unfinished !== undefined)
        query = query.where('state', unfinished ? '<>' : '=', 'finished')
      const rows = await query.orderBy('started_at', 'desc').orderBy('id', 'desc').execute()
      return rows.map(runFrom)
    },
    async saveTask({ id, filePaths, ...task }) {
      const row = { ...task, file_paths: JSON.stringify(filePaths) }
      await database
        .insertInto('tasks')
        .values({ id, ...row })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
        .execute()
    },
  }
}

function attempts(database: Kysely<Tables>): Pick<RunStore, 'attempts'> {
  return {
    async attempts(runId) {
      const rows = await database
        .selectFrom('attempts')
        .selectAll()
        .where('run_id', '=', runId)
        .orderBy('started_at')
        .orderBy('phase')
        .orderBy('step')
        .orderBy('number')
        .execute()
      return rows.map(attemptFrom)
    },
  }
}

function records(database: Kysely<Tables>): Pick<RunStore, 'record' | 'saveAttempt' | 'append'> {
  const record: RunStore['record'] = async ({ attempts, entries }) => {
    const rows = latestOfEach(attempts).map(attemptRow)
    const keyed = entries.map(({ runId, ...rest }) => ({ run_id: runId, ...rest }))
    const [some, more] = [rows, keyed].map((list) => withoutNul(JSON.stringify(list)))
    await sql`select goalkeeper.write_records(${some}::jsonb, ${more}::jsonb)`.execute(database)
  }
  return {
    record,
    saveAttempt: (attempt) => record({ attempts: [attempt], entries: [] }),
    append: (entry) => record({ attempts: [], entries: [entry] }),
  }
}

/** One statement may write a row once only. */
function latestOfEach(all: readonly Attempt[]): Attempt[] {
  const keyed = all.map((of) => [`${of.runId} ${of.phase} ${of.step} ${of.number}`, of] as const)
  return [...new Map(keyed).values()]
}

function evidences(database: Kysely<Tables>): Pick<RunStore, 'saveEvidence' | 'evidence'> {
  return {
    async saveEvidence(runId, key, of) {
      const row = { evidence: withoutNul(JSON.stringify(of)) }
      await database
        .insertInto('evidence')
        .values({ run_id: runId, key, ...row })
        .onConflict((conflict) => conflict.columns(['run_id', 'key']).doUpdateSet(row))
        .execute()
    },
    async evidence(runId) {
      const rows = await database
        .selectFrom('evidence')
        .selectAll()
        .where('run_id', '=', runId)
        .orderBy('sequence')
        .execute()
      return rows.map((row) => ({ key: row.key, evidence: evidence.parse(row.evidence) }))
    },
  }
}

function audits(database: Kysely<Tables>): Pick<RunStore, 'audit'> {
  return {
    async audit(runId) {
      const rows = await database
        .selectFrom('audit')
        .selectAll()
        .where('run_id', '=', runId)
        .orderBy('sequence')
        .execute()
      return rows.map(auditFrom)
    },
  }
}

/** PostgreSQL's text and JSON cannot hold the zero character, which a program may well print. */
function withoutNul(document: string): string {
  return document.replaceAll(String.raw`\u0000`, String.raw`\ufffd`)
}
