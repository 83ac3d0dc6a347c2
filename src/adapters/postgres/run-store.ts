import { type Kysely, type RawBuilder, sql } from 'kysely'

import { evidence } from '#domain/evidence.ts'
import type { Attempt } from '#domain/run.ts'
import type { Records, RunStore } from '#ports/run-store.ts'

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

type Writing = 'record' | 'settle' | 'saveAttempt' | 'append'

function records(database: Kysely<Tables>): Pick<RunStore, Writing> {
  const atOnce = async (records: Records): Promise<void> => {
    await sql`select ${written(records)}`.execute(database)
  }
  return {
    async record(records) {
      const later = sql`set_config('synchronous_commit', 'off', true)`
      const answer = sql<Life>`select ${later}, ${written(records)}, ${life}`
      return lifeIn(await answer.execute(database))
    },
    async settle() {
      // A commit of nothing would not wait for the disk.
      const flush = sql`pg_logical_emit_message(true, 'goalkeeper', '')`
      return lifeIn(await sql<Life>`select ${flush}, ${life}`.execute(database))
    },
    saveAttempt: (attempt) => atOnce({ attempts: [attempt], entries: [] }),
    append: (entry) => atOnce({ attempts: [], entries: [entry] }),
  }
}

interface Life {
  readonly life: string
}

/** When the server was started: another answer means that it was gone in between. */
const life = sql`pg_postmaster_start_time()::text as life`

function lifeIn({ rows }: { readonly rows: readonly Life[] }): string {
  return rows[0]?.life ?? ''
}

function written({ attempts, entries }: Records): RawBuilder<unknown> {
  const rows = latestOfEach(attempts).map(attemptRow)
  const keyed = entries.map(({ runId, ...rest }) => ({ run_id: runId, ...rest }))
  const [some, more] = [rows, keyed].map((list) => withoutNul(JSON.stringify(list)))
  return sql`goalkeeper.write_records(${some}::jsonb, ${more}::jsonb)`
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
