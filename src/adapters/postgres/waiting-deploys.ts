import type { Kysely, Selectable } from 'kysely'

import type { WaitingDeploy } from '#domain/protection.ts'
import type { OpenWait, WaitingDeploys } from '#ports/protection.ts'

import type { Tables } from './tables.ts'

/** Waiting jobs in PostgreSQL. */
export function postgresWaitingDeploys(database: Kysely<Tables>): WaitingDeploys {
  const open = () =>
    database
      .selectFrom('waiting_deploys')
      .selectAll()
      .where('answered', 'is', null)
      .orderBy('asked_at')
  return {
    enter: (...of) => enter(database, ...of),
    async open(repository, pull) {
      const here = open().where('repository', '=', String(repository)).where('pull', '=', pull)
      return (await here.execute()).map(waitOf)
    },
    older: async (than) => (await open().where('asked_at', '<', than).execute()).map(waitOf),
    async told(wait, told) {
      await one(database, wait)
        .set((is) => ({ told, reports: is('reports', '+', 1) }))
        .execute()
    },
    async answered(wait, answered) {
      await one(database, wait).set({ answered }).execute()
    },
    claim: (...of) => claim(database, ...of),
  }
}

async function enter(
  database: Kysely<Tables>,
  { repository: { id, installation, owner, name }, ...wait }: WaitingDeploy,
  ...[delivery, at]: [string, Date]
): Promise<void> {
  const again = { sha: wait.sha, pull: wait.pull, delivery, asked_at: at }
  // The approval that it used stays used: another run that waits must not have it, too.
  const fresh = { told: null, reports: 0, answered: null }
  const place = { repository: String(id), installation: String(installation), owner, name }
  const { run, environment } = wait
  await database
    .insertInto('waiting_deploys')
    .values({ ...place, run: String(run), environment, ...again })
    .onConflict((conflict) =>
      conflict
        .columns(['repository', 'run', 'environment'])
        .doUpdateSet({ ...again, ...fresh })
        .where('waiting_deploys.delivery', '!=', delivery),
    )
    .execute()
}

async function claim(database: Kysely<Tables>, wait: WaitingDeploy, since: Date): Promise<boolean> {
  try {
    await one(database, wait).set({ approved_since: since }).execute()
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === uniqueViolation) return false
    throw error
  }
}

/** PostgreSQL's word for a row that there may be only one of. */
const uniqueViolation = '23505'

function one(database: Kysely<Tables>, { repository, run, environment }: WaitingDeploy) {
  return database
    .updateTable('waiting_deploys')
    .where('repository', '=', String(repository.id))
    .where('run', '=', String(run))
    .where('environment', '=', environment)
}

function waitOf(row: Selectable<Tables['waiting_deploys']>): OpenWait {
  const { owner, name, environment, sha, pull, told, reports } = row
  const repository = {
    id: Number(row.repository),
    installation: Number(row.installation),
    owner,
    name,
  }
  return { repository, run: Number(row.run), environment, sha, pull, told, reports }
}
