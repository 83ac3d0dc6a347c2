import type { Kysely, Transaction } from 'kysely'

import type { Begun, Deployments, Lease, Turn } from '#ports/deployments.ts'

import { alone, first, inEnvironment, inLine, passOver, type Row } from './line-of-deploys.ts'
import type { Tables } from './tables.ts'
import { postgresWaysBack } from './ways-back.ts'

/** Deployments in PostgreSQL. Whoever asks about an environment has it alone for that moment. */
export function postgresDeployments(database: Kysely<Tables>): Deployments {
  return {
    ...postgresWaysBack(database),
    async enter({ runId: run, repository, ...of }, { now, until }) {
      await database
        .insertInto('deployments')
        .values({
          ...of,
          run,
          repository: String(repository),
          state: 'queued',
          held_until: until,
          entered_at: now,
        })
        .onConflict((conflict) => conflict.column('run').doNothing())
        .execute()
    },
    turn: (run, lease) => alone(database, run, (tx, own) => turn(tx, own, lease)),
    begin: (run, approved) => alone(database, run, (tx, own) => begin(tx, own, approved)),
    underWay: (...of) => underWay(database, ...of),
    async live(run, at) {
      const now = { state: 'live' as const, live_at: at }
      await database
        .updateTable('deployments')
        .set(now)
        .where('run', '=', run)
        .where('state', '=', 'deploying')
        .execute()
    },
    async end(run, state, at) {
      await database
        .updateTable('deployments')
        .set({ state, ended_at: at })
        .where('run', '=', run)
        .where('ended_at', 'is', null)
        .execute()
    },
  }
}

async function underWay(
  database: Kysely<Tables>,
  ...[repository, environment]: Parameters<Deployments['underWay']>
): Promise<readonly string[]> {
  const open = await inLine(database, { repository: String(repository), environment }).execute()
  return open.map(({ run }) => run)
}

async function turn(tx: Transaction<Tables>, own: Row, lease: Lease): Promise<Turn> {
  if (own.ended_at !== null) return 'lost'
  const held = { held_until: lease.until }
  await tx.updateTable('deployments').set(held).where('run', '=', own.run).execute()
  await passOver(tx, own, lease.now)
  return (await first(tx, own))?.run === own.run ? 'ours' : 'wait'
}

async function begin(
  tx: Transaction<Tables>,
  own: Row,
  approved: Parameters<Deployments['begin']>[1],
): Promise<Begun> {
  const ahead = await first(tx, own)
  if (own.ended_at !== null || ahead === undefined) return { kind: 'turn-lost' }
  if (ahead.run !== own.run) return { kind: ahead.takes_back === null ? 'turn-lost' : 'on-hold' }
  if (own.state !== 'queued') return { kind: 'begun', previous: own.previous }
  const before = await inEnvironment(tx, own)
    .where('run', '!=', own.run)
    .where('state', 'not in', ['queued', 'refused', 'not-deployed'])
    .orderBy('ended_at', 'desc')
    .execute()
  if (before.some(({ sha }) => sha === own.sha)) return { kind: 'deployed-before' }
  if (isHeld(before[0], approved.since)) return { kind: 'on-hold' }
  const back = new Set(before.filter(isBack).map(({ sha }) => sha))
  const previous =
    before.find(({ state, sha }) => state === 'verified' && !back.has(sha))?.sha ?? null
  const { by, since, now } = approved
  const begun = { approved_by: [...by], approved_at: since, began_at: now, previous }
  await tx
    .updateTable('deployments')
    .set({ ...begun, state: 'deploying' })
    .where('run', '=', own.run)
    .execute()
  return { kind: 'begun', previous }
}

/** Until somebody approves after it, what was taken back holds up what comes. */
function isHeld(last: Row | undefined, since: Date): boolean {
  return last !== undefined && isBack(last) && last.ended_at !== null && since <= last.ended_at
}

function isBack({ state }: Row): boolean {
  return state === 'rolled-back' || state === 'rollback-failed'
}
