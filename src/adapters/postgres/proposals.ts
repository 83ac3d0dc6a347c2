import { type Kysely, type Selectable, sql } from 'kysely'

import type { KnownProposal, Proposals } from '#ports/proposals.ts'

import { hashOf } from './failure-hash.ts'
import type { Tables } from './tables.ts'

/** Our pull requests in PostgreSQL. */
export function postgresProposals(database: Kysely<Tables>): Proposals {
  return { ...writing(database), ...rejecting(database), ...reading(database) }
}

function writing(database: Kysely<Tables>): Pick<Proposals, 'save' | 'giveUp'> {
  return {
    async save({ repository, headSha, taskId, failure, ...rest }) {
      const written = { head_sha: headSha, task_id: taskId, base: rest.base, branch: rest.branch }
      await database
        .insertInto('proposals')
        .values({ repository: String(repository), failure: hashOf(failure), ...rest, ...written })
        .onConflict((conflict) => conflict.columns(['repository', 'number']).doUpdateSet(written))
        .execute()
    },
    async giveUp(repository, number, because) {
      await database
        .updateTable('proposals')
        .set({ given_up: because })
        .where('repository', '=', String(repository))
        .where('number', '=', number)
        .where('given_up', 'is', null)
        .execute()
    },
  }
}

function rejecting(database: Kysely<Tables>): Pick<Proposals, 'merged' | 'takenBack'> {
  return {
    async merged(repository, number, as) {
      await database
        .updateTable('proposals')
        .set({ given_up: 'merged', merged_as: as })
        .where('repository', '=', String(repository))
        .where('number', '=', number)
        .where((row) => row.or([row('given_up', 'is', null), row('given_up', '=', 'closed')]))
        .execute()
    },
    async takenBack(repository, branch, { commits, pulls }) {
      if (commits.length + pulls.length === 0) return []
      return await database
        .updateTable('proposals')
        .set({ reverted_at: sql`clock_timestamp()` })
        .where('repository', '=', String(repository))
        .where('base', '=', branch)
        .where('given_up', '=', 'merged')
        .where('reverted_at', 'is', null)
        .where(
          sql<boolean>`(number = any(${[...pulls]}::integer[])
            or merged_as = any(${[...commits]}::text[]) or head_sha = any(${[...commits]}::text[]))`,
        )
        .returning(['kind', 'number', 'branch'])
        .execute()
    },
  }
}

function reading(
  database: Kysely<Tables>,
): Pick<Proposals, 'of' | 'onBranch' | 'numbered' | 'forBase'> {
  const rows = (repository: number) =>
    database.selectFrom('proposals').selectAll().where('repository', '=', String(repository))
  return {
    async of(repository, failure) {
      return (await rows(repository).orderBy('number').execute()).map((row) => known(row, failure))
    },
    async onBranch(repository, branch) {
      const found = await rows(repository)
        .where('branch', '=', branch)
        .orderBy('number', 'desc')
        .executeTakeFirst()
      return found === undefined ? null : known(found, null)
    },
    async numbered(repository, number) {
      const found = await rows(repository).where('number', '=', number).executeTakeFirst()
      return found === undefined ? null : known(found, null)
    },
    async forBase(repository, base) {
      const found = await rows(repository)
        .where('base', '=', base)
        .where('kind', '<>', 'bug')
        .where('given_up', 'is', null)
        .orderBy('number')
        .execute()
      return found.map((row) => known(row, null))
    },
  }
}

function known(row: Selectable<Tables['proposals']>, failure: string | null): KnownProposal {
  const { head_sha: headSha, task_id: taskId, kind, number, branch, base } = row
  return {
    kind,
    repository: Number(row.repository),
    number,
    branch,
    base,
    headSha,
    taskId,
    isSameFailure: failure !== null && row.failure === hashOf(failure),
    givenUp: row.given_up,
    isTakenBack: row.reverted_at !== null,
  }
}
