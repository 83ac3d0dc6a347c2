import type { Pool } from 'pg'

import { openApprovals, openWaitingDeploys } from '#adapters/postgres/open-decisions.ts'
import {
  openAccounts,
  openDeliveries,
  openOutbox,
  openTelemetry,
} from '#adapters/postgres/open-reports.ts'
import {
  openClaims,
  openCulprits,
  openDeployments,
  openFlakes,
  openLedger,
  openLessons,
  openModelEdits,
  openRunStore,
} from '#adapters/postgres/open-store.ts'
import type { OwnSecrets } from '#adapters/secrets/own-secrets.ts'

/** What runs and those who watch over them keep in the database; on a pool whose tables are up to date. */
export async function openRecords(pool: Pool, secrets: OwnSecrets) {
  const store = await openRunStore(pool, secrets)
  return {
    store,
    claims: openClaims(pool),
    ...openLedger(pool),
    ...openApprovals(pool),
    waits: openWaitingDeploys(pool),
    deployments: openDeployments(pool),
    culprits: openCulprits(pool),
    flakes: openFlakes(pool),
    lessons: openLessons(pool),
    edits: openModelEdits(pool),
    accounts: openAccounts(pool),
    deliveries: openDeliveries(pool),
    outbox: openOutbox(pool),
    ...openTelemetry(pool, store),
  }
}
