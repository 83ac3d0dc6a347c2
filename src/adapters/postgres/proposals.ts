import type { Kysely, Selectable } from 'kysely'

import type { KnownProposal, Proposals } from '#ports/proposals.ts'

import { hashOf } from './failure-hash.ts'
import type { Tables } from './tables.ts'

/** Our pull requests in PostgreSQL. */
export function postgresProposals(database: Kysely<Tables>): Proposals {
  return { ...writing(database), ...reading(database) }
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

function reading(database: Kysely<Tables>): Omit<Proposals, 'save' | 'giveUp'> {
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
  }
}
