import { type Kysely, sql } from 'kysely'

import { evidence } from '#domain/evidence.ts'
import type { Attempt } from '#domain/run.ts'
import type { RunStore } from '#ports/run-store.ts'

import { attemptFrom, attemptRow, auditFrom, runFrom, runRow } from './rows.ts'
import type { Tables } from './tables.ts'

/** The domain records in PostgreSQL; tables are made by `migrate`. */
export function postgresRunStore(database: Kysely<Tables>): RunStore {
  return { ...runs(database), ...attempts(database), ...evidences(database), ...audits(database) }
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

function attempts(
  database: Kysely<Tables>,
): Pick<RunStore, 'saveAttempt' | 'saveAttempts' | 'attempts'> {
  const saveAttempts = (all: readonly Attempt[]) => writeAttempts(database, all)
  return {
    saveAttempts,
    saveAttempt: (attempt) => saveAttempts([attempt]),
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

async function writeAttempts(database: Kysely<Tables>, all: readonly Attempt[]): Promise<void> {
  if (all.length === 0) return
  await database
    .insertInto('attempts')
    .values(latestOfEach(all).map(attemptRow))
    .onConflict((conflict) =>
      conflict
        .columns(['run_id', 'phase', 'step', 'number'])
        .doUpdateSet((from) => ({
          state: from.ref('excluded.state'),
          reason: from.ref('excluded.reason'),
          detail: from.ref('excluded.detail'),
          started_at: from.ref('excluded.started_at'),
          finished_at: from.ref('excluded.finished_at'),
        }))
        // A late note that it started does not undo how it ended.
        .where((where) =>
          where.or([
            where('attempts.finished_at', 'is', null),
            where('excluded.finished_at', 'is not', null),
          ]),
        ),
    )
    .execute()
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

function audits(database: Kysely<Tables>): Pick<RunStore, 'append' | 'appendAll' | 'audit'> {
  const appendAll: RunStore['appendAll'] = async (entries) => {
    if (entries.length === 0) return
    await database
      .insertInto('audit')
      .values(
        entries.map(({ runId, key, type, data }) => ({
          run_id: runId,
          key,
          type,
          data: withoutNul(JSON.stringify(data)),
        })),
      )
      .onConflict((conflict) => conflict.expression(sql`coalesce(run_id, ''), key`).doNothing())
      .execute()
  }
  return {
    appendAll,
    append: (entry) => appendAll([entry]),
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
