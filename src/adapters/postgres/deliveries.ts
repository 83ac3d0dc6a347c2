import { type Kysely, sql } from 'kysely'

import type { Delivery } from '#domain/delivery.ts'
import { deployEndedType, type DeployFacts, deployFacts } from '#domain/deploy-facts.ts'
import type { DeployState } from '#domain/deploy.ts'
import { incidentChangedType } from '#domain/incident.ts'
import { weighedType } from '#domain/rollback.ts'
import type { Deliveries } from '#ports/deliveries.ts'

import type { Tables } from './tables.ts'

interface Row {
  readonly run: string
  readonly repository: string
  readonly environment: string
  readonly state: DeployState
  readonly entered_at: Date
  readonly began_at: Date | null
  readonly live_at: Date | null
  readonly ended: unknown
  readonly committed_at: string | null
  readonly brought_back_at: string | null
  readonly closed_at: string | null
}

/** Deploys with what their runs wrote of them, in PostgreSQL. */
export function postgresDeliveries(database: Kysely<Tables>): Deliveries {
  return {
    async since(time) {
      const { rows } = await sql<Row>`
        select d.run, d.repository, d.environment, coalesce(back.state, d.state) as state, d.entered_at,
          d.began_at, d.live_at, ended.data as ended, weighed.data ->> 'committedAt' as committed_at,
          (select data -> 'times' ->> 'restored' from goalkeeper.audit
            where run_id = back.run and type = ${deployEndedType}) as brought_back_at,
          (select data ->> 'closedAt' from goalkeeper.audit
            where run_id = d.run and type = ${incidentChangedType} and data ->> 'repository' = d.repository::text
            order by data ->> 'at' desc, sequence desc limit 1) as closed_at
        from goalkeeper.deployments d
        left join goalkeeper.deployments back on back.takes_back = d.run and back.state = 'rolled-back'
        left join goalkeeper.audit ended on ended.run_id = d.run and ended.type = ${deployEndedType}
        left join goalkeeper.audit weighed on weighed.run_id = d.run and weighed.type = ${weighedType}
        where d.ended_at >= ${time} and d.takes_back is null order by d.sequence`.execute(database)
      return rows.map(deliveryFrom)
    },
  }
}

function deliveryFrom(row: Row): Delivery {
  const facts = row.ended === null ? null : deployFacts.parse(row.ended)
  return {
    runId: row.run,
    repository: Number(row.repository),
    environment: row.environment,
    state: row.state,
    enteredAt: row.entered_at,
    committedAt: row.committed_at === null ? null : new Date(row.committed_at),
    beganAt: row.began_at,
    liveAt: row.live_at,
    closedAt: row.closed_at === null ? null : new Date(row.closed_at),
    ...(facts === null ? unknown : told(facts, row)),
  }
}

type Told = Pick<Delivery, 'decidedAt' | 'restoredAt' | 'before' | 'after'>

const unknown: Told = { decidedAt: null, restoredAt: null, before: null, after: null }

function told({ times, seen }: DeployFacts, row: Row): Told & Pick<Delivery, 'beganAt'> {
  return {
    // When it began to build, which the ledger does not know.
    beganAt: times.began ?? row.began_at,
    decidedAt: times.decided,
    // Or what a person had taken back after it was judged.
    restoredAt: row.brought_back_at === null ? times.restored : new Date(row.brought_back_at),
    before: seen.before,
    after: seen.after,
  }
}
