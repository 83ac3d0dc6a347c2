import { type Kysely, sql } from 'kysely'

import { type Account, reportedType, type RunAccount } from '#domain/account.ts'
import { deployEndedType, deployFacts } from '#domain/deploy-facts.ts'
import { fixFact } from '#domain/fix-fact.ts'
import { approvalUsedType } from '#domain/gate.ts'
import { incidentChange, incidentChangedType } from '#domain/incident.ts'
import { deployWeighed, weighedType } from '#domain/rollback.ts'
import type { Run } from '#domain/run.ts'
import { emergencyIn, secondLookType } from '#domain/second-look.ts'
import type { Accounts } from '#ports/accounts.ts'
import type { AuditEntry } from '#ports/run-store.ts'

import { auditFrom, runFrom } from './rows.ts'
import type { Tables } from './tables.ts'

/** What is on record about tasks, in PostgreSQL. A deploy belongs to the repair whose pull request it deploys. */
export function postgresAccounts(database: Kysely<Tables>): Accounts {
  return {
    async of(id) {
      const tasks = await tasksOf(database, id)
      const rows = await database
        .selectFrom('runs')
        .selectAll()
        .where((where) =>
          where.or([
            where('id', '=', id),
            ...(tasks.length === 0 ? [] : [where('task_id', 'in', tasks)]),
          ]),
        )
        .orderBy('started_at')
        .orderBy('id')
        .execute()
      if (rows.length === 0) return null
      const runs = rows.map(runFrom)
      const entries = await entriesOf(database, runs)
      const accounts = runs.map((run) => accountOf(run, entries.get(run.id) ?? []))
      return { taskId: runs[0]?.taskId ?? null, runs: accounts }
    },
  }
}

/** The task itself, that of the repair which a deploy of it deploys, and those of the deploys of its repair. */
async function tasksOf(database: Kysely<Tables>, id: string): Promise<readonly string[]> {
  const { rows } = await sql<{ task: string }>`
    with own as (
      select task_id as task from goalkeeper.runs where (id = ${id} or task_id = ${id}) and task_id is not null
    ), repaired as (
      select p.task_id as task from own
        join goalkeeper.runs r on r.task_id = own.task
        join goalkeeper.deployments d on d.run = r.id
        join goalkeeper.proposals p on p.repository = d.repository and p.number = d.pull
    ), either as (select task from own union select task from repaired)
    select task from either
    union
    select r.task_id as task from either
      join goalkeeper.proposals p on p.task_id = either.task
      join goalkeeper.deployments d on d.repository = p.repository and d.pull = p.number
      join goalkeeper.runs r on r.id = d.run
      where r.task_id is not null`.execute(database)
  return rows.map(({ task }) => task)
}

async function entriesOf(
  database: Kysely<Tables>,
  runs: readonly Run[],
): Promise<ReadonlyMap<string, readonly AuditEntry[]>> {
  const ids = runs.map(({ id }) => id)
  const rows = await database
    .selectFrom('audit')
    .selectAll()
    .where('run_id', 'in', ids)
    .where((where) => where.or([where('type', 'like', 'fix-%'), where('type', 'in', ofDeploys)]))
    .orderBy('sequence')
    .execute()
  return Map.groupBy(rows.map(auditFrom), ({ runId }) => runId ?? '')
}

const ofDeploys = [
  deployEndedType,
  weighedType,
  reportedType,
  approvalUsedType,
  secondLookType,
  incidentChangedType,
]

function accountOf(run: Run, entries: readonly AuditEntry[]): RunAccount {
  const ended = entries.find(({ type }) => type === deployEndedType)
  const weighed = entries.find(({ type }) => type === weighedType)
  const reported = entries.find(({ type }) => type === reportedType)
  return {
    run,
    facts: entries
      .filter(({ type }) => type.startsWith('fix-'))
      .map(({ data, at }) => ({ at: new Date(at), what: fixFact.parse(data) })),
    deploy: ended ? { at: new Date(ended.at), what: deployFacts.parse(ended.data) } : null,
    emergency: emergencyIn(entries),
    weighed: weighed ? deployWeighed.parse(weighed.data) : null,
    incidents: entries
      .filter(({ type }) => type === incidentChangedType)
      .map(({ data }) => incidentChange.parse(data))
      .toSorted((one, other) => one.at.getTime() - other.at.getTime()),
    reportedAt: reported ? new Date(reported.at) : null,
  } satisfies Account['runs'][number]
}
