import type { Kysely } from 'kysely'

import { approvalUsedType } from '#domain/gate.ts'
import { emergencyIn, secondLookType } from '#domain/second-look.ts'
import type { Emergencies } from '#ports/deliveries.ts'

import { auditFrom } from './rows.ts'
import type { Tables } from './tables.ts'

/** Deploys that went out as an emergency, and what somebody else said of them, from the audit log. */
export function postgresEmergencies(database: Kysely<Tables>): Emergencies {
  return {
    async since(time) {
      const rows = await database
        .selectFrom('audit')
        .selectAll()
        .where('type', 'in', [approvalUsedType, secondLookType])
        .where('at', '>=', time)
        .orderBy('sequence')
        .execute()
      const byRun = Map.groupBy(rows.map(auditFrom), ({ runId }) => runId ?? '')
      return [...byRun].flatMap(([runId, entries]) => {
        const emergency = emergencyIn(entries)
        return emergency === null ? [] : [{ runId, emergency }]
      })
    },
  }
}
