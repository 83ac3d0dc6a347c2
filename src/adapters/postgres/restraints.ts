import { type Kysely, type Selectable, sql } from 'kysely'

import type { Restraint } from '#domain/restraint.ts'
import type { Lifting, Restraints } from '#ports/restraints.ts'

import type { Tables } from './tables.ts'

type Place = Parameters<Restraints['on']>[0]

/** Restraints in PostgreSQL: the primary key makes each source one. */
export function postgresRestraints(database: Kysely<Tables>): Restraints {
  return {
    async put({ installation, id }, { person, at, isEverywhere, ...rest }) {
      const place = { installation: String(installation), repository: String(id) }
      const by = { person: String(person.id), login: person.login }
      await database
        .insertInto('restraints')
        .values({ ...place, ...rest, ...by, everywhere: isEverywhere, put_at: at })
        .onConflict((conflict) => conflict.columns(['repository', 'source']).doNothing())
        .execute()
    },
    lift: (place, lifting) => lift(database, place, lifting),
    async on(place) {
      const rows = await concerning(database, place).where('lifted_at', 'is', null).execute()
      const frozen = await concerning(database, place)
        .where('kind', '=', 'freeze')
        .orderBy('put_at', 'desc')
        .executeTakeFirst()
      return { inForce: rows.map(restraintOf), frozenAt: frozen?.put_at ?? null }
    },
  }
}

/** Those of the repository, and those of all that its installation has. */
function concerning(database: Kysely<Tables>, { installation, id }: Place) {
  return database
    .selectFrom('restraints')
    .selectAll()
    .where('installation', '=', String(installation))
    .where((is) => is.or([is('everywhere', '=', true), is('repository', '=', String(id))]))
    .orderBy('sequence')
}

async function lift(
  database: Kysely<Tables>,
  { installation, id }: Place,
  { kinds, environment, isEverywhere, person, at }: Lifting,
): Promise<number> {
  const lifted = database
    .updateTable('restraints')
    .set({ lifted_at: at, lifted_by: person.login })
    .where('installation', '=', String(installation))
    .where('everywhere', '=', isEverywhere)
    .where('kind', 'in', [...kinds])
    .where('put_at', '<=', at)
    .where('lifted_at', 'is', null)
    .where(sql<boolean>`environment is not distinct from ${environment}`)
  const here = isEverywhere ? lifted : lifted.where('repository', '=', String(id))
  return Number((await here.executeTakeFirst()).numUpdatedRows)
}

/** A restraint as its row has it. */
export function restraintOf(row: Selectable<Tables['restraints']>): Restraint {
  const { kind, environment, everywhere: isEverywhere, reason, put_at: at } = row
  const person = { id: Number(row.person), login: row.login }
  return { kind, environment, isEverywhere, person, reason, at }
}
