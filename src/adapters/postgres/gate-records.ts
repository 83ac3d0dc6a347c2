import { createHash } from 'node:crypto'

import { type Kysely, type Selectable, sql } from 'kysely'

import { deployEndedType } from '#domain/deploy-facts.ts'
import { type ApprovalUsed, approvalUsed, type GateRecord } from '#domain/gate-record.ts'
import { approvalUsedType, type Decision, gateRules } from '#domain/gate.ts'
import type { GateRecords } from '#ports/accounts.ts'

import { decisionOf } from './approvals.ts'
import { restraintOf } from './restraints.ts'
import type { Tables } from './tables.ts'

/** Gates as they were when a deploy came to them: rows say when they were written and when they ceased to count. */
export function postgresGateRecords(database: Kysely<Tables>): GateRecords {
  return {
    async of(runId) {
      const deploy = await database
        .selectFrom('deployments')
        .selectAll()
        .where('run', '=', runId)
        .where('takes_back', 'is', null)
        .executeTakeFirst()
      const [entry] = await database
        .selectFrom('audit')
        .selectAll()
        .where('run_id', '=', runId)
        .where('type', 'in', [approvalUsedType, deployEndedType])
        .orderBy('sequence')
        .limit(1)
        .execute()
      if (deploy === undefined || entry === undefined) return null
      const used = entry.type === approvalUsedType ? approvalUsed.parse(entry.data) : null
      return await recordOf(database, deploy, { entry, used })
    },
  }
}

async function recordOf(
  database: Kysely<Tables>,
  deploy: Selectable<Tables['deployments']>,
  { entry, used }: Pick<GateRecord, 'used'> & { readonly entry: Selectable<Tables['audit']> },
): Promise<GateRecord> {
  const { environment, sha, repository } = deploy
  const asked = askedAt(entry)
  const decisions = await decidedBy(database, deploy, asked)
  const put = await database
    .selectFrom('restraints')
    .selectAll()
    .where('recorded_at', '<=', asked)
    .where((is) => is.or([is('everywhere', '=', true), is('repository', '=', repository)]))
    .orderBy('put_at')
    .execute()
  return {
    environment,
    sha,
    asked: entry.at,
    used,
    decisions,
    plan: planIn(decisions, used),
    inForce: put
      .filter(({ lifted_at: lifted }) => lifted === null || lifted > entry.at)
      .map(restraintOf),
    frozenAt: put.findLast(({ kind }) => kind === 'freeze')?.put_at ?? null,
  }
}

/** To the microsecond, which no date of ours has: what was written in the same moment came before it or after it. */
function askedAt({ sequence }: Selectable<Tables['audit']>) {
  return sql<Date>`(select at from goalkeeper.audit where sequence = ${sequence})`
}

/** What was decided by then, as it counted then. */
async function decidedBy(
  database: Kysely<Tables>,
  { repository, pull, environment }: Selectable<Tables['deployments']>,
  asked: ReturnType<typeof askedAt>,
): Promise<readonly Decision[]> {
  const rows = await database
    .selectFrom('decisions')
    .selectAll()
    .select(sql<Decision['voided']>`case when voided_at <= ${asked} then voided end`.as('voided'))
    .where('repository', '=', repository)
    .where('pull', '=', pull)
    .where('environment', '=', environment)
    .where('recorded_at', '<=', asked)
    .orderBy('sequence')
    .execute()
  return rows.map(decisionOf)
}

/** Rules of a version that is not read any more are none. */
function planIn(decisions: readonly Decision[], used: ApprovalUsed | null): GateRecord['plan'] {
  const text = decisions.find(
    ({ plan }) => createHash('sha256').update(plan).digest('hex') === used?.planDigest,
  )?.plan
  if (text === undefined) return null
  const [, found]: readonly unknown[] = JSON.parse(text)
  const { data: rules } = gateRules.safeParse(found)
  return rules === undefined ? null : { text, rules }
}
