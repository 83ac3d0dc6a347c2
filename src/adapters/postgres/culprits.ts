import { type Kysely, sql } from 'kysely'

import { evidence } from '#domain/evidence.ts'
import type { Culprits } from '#ports/culprits.ts'

import { hashOf } from './failure-hash.ts'
import type { Tables } from './tables.ts'

/** Decisions and looks in PostgreSQL. */
export function postgresCulprits(database: Kysely<Tables>): Culprits {
  const proposed = () => database.selectFrom('culprits').where('kept', 'is', null)
  return {
    async decide({ repository, sha, runId, kept }) {
      await database
        .insertInto('culprits')
        .values({ repository: String(repository), sha, run_id: runId, kept })
        .onConflict((conflict) =>
          conflict.columns(['repository', 'sha', 'run_id']).doUpdateSet({ kept }),
        )
        .execute()
    },
    async proposedBefore({ repository, sha, runId }) {
      const row = await proposed()
        .select('run_id')
        .where('repository', '=', String(repository))
        .where('sha', '=', sha)
        .where('run_id', '<>', runId)
        .executeTakeFirst()
      return row !== undefined
    },
    async proposedSince({ repository, runId }, since) {
      const { count } = await proposed()
        .select(({ fn }) => fn.countAll<string>().as('count'))
        .where('repository', '=', String(repository))
        .where('run_id', '<>', runId)
        .where('decided_at', '>', since)
        .executeTakeFirstOrThrow()
      return Number(count)
    },
    ...looks(database),
  }
}

function looks(database: Kysely<Tables>): Pick<Culprits, 'said' | 'keep'> {
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
