import { type Kysely, sql } from 'kysely'

import { evidence } from '#domain/evidence.ts'
import type { Culprits } from '#ports/culprits.ts'

import { hashOf } from './failure-hash.ts'
import type { Tables } from './tables.ts'

/** Decisions and looks in PostgreSQL. */
export function postgresCulprits(database: Kysely<Tables>): Culprits {
  return { ...decisions(database), ...counts(database), ...looks(database) }
}

function decisions(database: Kysely<Tables>): Pick<Culprits, 'decide' | 'readied'> {
  return {
    async decide({ repository, sha, runId, kept }) {
      await database
        .insertInto('culprits')
        .values({ repository: String(repository), sha, run_id: runId, kept })
        .onConflict((conflict) =>
          conflict
            .columns(['repository', 'sha', 'run_id'])
            .doUpdateSet({ kept })
            .where('culprits.kept', 'is not', null),
        )
        .execute()
    },
    async readied({ repository, runId }) {
      await database
        .updateTable('culprits')
        .set({ readied_at: sql`coalesce(readied_at, clock_timestamp())` })
        .where('repository', '=', String(repository))
        .where('run_id', '=', runId)
        .where('kept', 'is', null)
        .execute()
    },
  }
}

function counts(
  database: Kysely<Tables>,
): Pick<Culprits, 'proposedBefore' | 'proposedSince' | 'readiedSince'> {
  const proposed = ({ repository, runId }: { repository: number; runId: string }) =>
    database
      .selectFrom('culprits')
      .where('kept', 'is', null)
      .where('repository', '=', String(repository))
      .where('run_id', '<>', runId)
  /** Reverts, not commits: one may take back several. */
  const reverts = sql<string>`count(distinct run_id)`.as('count')
  return {
    async proposedBefore({ sha, ...of }) {
      const row = await proposed(of).select('run_id').where('sha', '=', sha).executeTakeFirst()
      return row !== undefined
    },
    async proposedSince(of, since) {
      const row = proposed(of).select(reverts).where('decided_at', '>', since)
      return Number((await row.executeTakeFirstOrThrow()).count)
    },
    async readiedSince(of, since) {
      const row = proposed(of).select(reverts).where('readied_at', '>', since)
      return Number((await row.executeTakeFirstOrThrow()).count)
    },
  }
}

function looks(database: Kysely<Tables>): Pick<Culprits, 'said' | 'keep' | 'forget'> {
  const recent = sql<boolean>`looked_at > clock_timestamp() - interval '7 days'`
  return {
    async said(tree, command) {
      const row = await database
        .selectFrom('looks')
        .select('evidence')
        .where('tree', '=', tree)
        .where('command', '=', hashOf(command))
        .where(recent)
        .executeTakeFirst()
      return row === undefined ? null : evidence.parse(row.evidence)
    },
    async forget(before) {
      const old = database.deleteFrom('looks').where('looked_at', '<', before)
      await old.execute()
    },
    async keep(tree, command, of) {
      // PostgreSQL's JSON cannot hold the zero character.
      const said = JSON.stringify(of).replaceAll(String.raw`\u0000`, String.raw`\ufffd`)
      await database
        .insertInto('looks')
        .values({ tree, command: hashOf(command), evidence: said })
        .onConflict((conflict) =>
          conflict
            .columns(['tree', 'command'])
            .doUpdateSet({ evidence: said, looked_at: sql`clock_timestamp()` })
            .where(sql<boolean>`looks.looked_at <= clock_timestamp() - interval '7 days'`),
        )
        .execute()
    },
  }
}
