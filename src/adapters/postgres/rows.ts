import type { Insertable, Selectable } from 'kysely'

import { json } from '#domain/outcome.ts'
import { type Attempt, attempt, type Run, run } from '#domain/run.ts'
import type { AuditEntry } from '#ports/run-store.ts'

import type { Tables } from './tables.ts'

export function runRow(from: Run): Insertable<Tables['runs']> {
  const { headSha, taskId, startedAt, finishedAt, ...rest } = from
  return {
    ...rest,
    detail: plain(rest.detail),
    head_sha: headSha,
    task_id: taskId,
    started_at: startedAt,
    finished_at: finishedAt,
  }
}

export function runFrom(row: Selectable<Tables['runs']>): Run {
  const { head_sha: headSha, task_id: taskId, started_at, finished_at, ...rest } = row
  return run.parse({
    ...rest,
    headSha,
    taskId,
    startedAt: started_at.toISOString(),
    finishedAt: finished_at?.toISOString() ?? null,
  })
}

export function attemptRow(from: Attempt): Insertable<Tables['attempts']> {
  const { runId, startedAt, finishedAt, ...rest } = from
  return {
    ...rest,
    detail: plain(rest.detail),
    run_id: runId,
    started_at: startedAt,
    finished_at: finishedAt,
  }
}

export function attemptFrom(row: Selectable<Tables['attempts']>): Attempt {
  const { run_id: runId, started_at, finished_at, ...rest } = row
  return attempt.parse({
    ...rest,
    runId,
    startedAt: started_at.toISOString(),
    finishedAt: finished_at?.toISOString() ?? null,
  })
}

export function auditFrom(row: Selectable<Tables['audit']>): AuditEntry {
  return {
    sequence: Number(row.sequence),
    runId: row.run_id,
    type: row.type,
    data: json.parse(row.data),
    at: row.at.toISOString(),
  }
}

/** PostgreSQL's text cannot hold the zero character. */
function plain(text: string | null): string | null {
  return text === null ? null : text.replaceAll('\0', '\uFFFD')
}
