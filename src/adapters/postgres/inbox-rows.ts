import { sql, type Selectable } from 'kysely'
import { z } from 'zod'

import type { DeliveryRecord, Settlement } from '#ports/inbox.ts'

import type { Tables } from './tables.ts'

const state = z.enum(['received', 'done', 'failed'])

export function deliveryFrom(row: Selectable<Tables['inbox']>): DeliveryRecord {
  return {
    id: row.delivery_id,
    name: row.name,
    state: state.parse(row.state),
    reason: row.reason,
    attempts: row.attempts,
    receivedAt: row.received_at.toISOString(),
    settledAt: row.settled_at?.toISOString() ?? null,
    payload: row.payload,
  }
}

/** What a delivery that its holder lets go looks like. */
export function settlementRow(settlement: Settlement) {
  const reason = settlement.state === 'done' ? settlement.note : settlement.reason
  const free = { state: settlement.state, holder: null, reason: reason.replaceAll('\0', '\uFFFD') }
  if (settlement.state !== 'received') return { ...free, settled_at: sql<Date>`clock_timestamp()` }
  const due = sql<Date>`clock_timestamp() + ${settlement.afterMs} * interval '1 millisecond'`
  return { ...free, due_at: due }
}
