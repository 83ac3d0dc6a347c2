import type { Kysely } from 'kysely'

import type { PastDeploy } from '#domain/deploy.ts'
import type { WaysBack } from '#ports/deployments.ts'

import {
  alone,
  first,
  inAlone,
  inEnvironment,
  inLine,
  passOver,
  type Row,
} from './line-of-deploys.ts'
import type { Tables } from './tables.ts'

/** Ways back in PostgreSQL: rows among the deploys, that name the one they take back. */
export function postgresWaysBack(database: Kysely<Tables>): WaysBack {
  return {
    async past(repository, environment) {
      const place = { repository: String(repository), environment }
      return (await inEnvironment(database, place).orderBy('sequence').execute()).map(pastFrom)
    },
    askBack: (...of) => askBack(database, ...of),
    takeBack: (run, previous, now) =>
      alone(database, run, async (tx, own) => {
        if (own.ended_at !== null || (await first(tx, own))?.run !== run) return 'turn-lost'
        const begun = { state: 'deploying' as const, previous, began_at: own.began_at ?? now }
        await tx.updateTable('deployments').set(begun).where('run', '=', run).execute()
        return 'begun'
      }),
    async askedBack(run) {
      const row = await database
        .selectFrom('deployments')
        .select('approved_by')
        .where('takes_back', '=', run)
        .where('ended_at', 'is', null)
        .executeTakeFirst()
      return row?.approved_by[0] ?? null
    },
  }
}

async function askBack(
  database: Kysely<Tables>,
  ...[{ runId: run, repository, by, takesBack, ...of }, { now, until }]: Parameters<
    WaysBack['askBack']
  >
): Promise<'entered' | 'under-way'> {
  const place = { repository: String(repository), environment: of.environment }
  return await inAlone(database, place, async (tx) => {
    await passOver(tx, place, now)
    const open = await inLine(tx, place).where('takes_back', 'is not', null).execute()
    if (open.some((one) => one.run !== run)) return 'under-way'
    const times = { held_until: until, entered_at: now, approved_at: now }
    const row = { ...of, ...place, ...times, run, takes_back: takesBack, approved_by: [by] }
    await tx
      .insertInto('deployments')
      .values({ ...row, state: 'queued' })
      .onConflict((conflict) => conflict.column('run').doNothing())
      .execute()
    return 'entered'
  })
}

function pastFrom(row: Row): PastDeploy {
  const { run: runId, pull, sha, state, previous, takes_back: takesBack } = row
  const times = { enteredAt: row.entered_at, endedAt: row.ended_at }
  return { runId, pull, sha, state, previous, takesBack, ...times }
}
