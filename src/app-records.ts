import type { Pool } from 'pg'

import { openApprovals, openWaitingDeploys } from '#adapters/postgres/open-decisions.ts'
import { openAccounts } from '#adapters/postgres/open-reports.ts'
import {
  openClaims,
  openCulprits,
  openDeployments,
  openFlakes,
  openLedger,
  openLessons,
  openRunStore,
} from '#adapters/postgres/open-store.ts'
import type { OwnSecrets } from '#adapters/secrets/own-secrets.ts'

/** What runs and those who watch over them keep in the database. */
export async function openRecords(pool: Pool, secrets: OwnSecrets) {
  const store = await openRunStore(pool, secrets)
  const gates = { ...openApprovals(pool), waits: openWaitingDeploys(pool) }
  const seen = {
    culprits: openCulprits(pool),
    flakes: openFlakes(pool),
    accounts: openAccounts(pool),
    deployments: openDeployments(pool),
  }
  const ledgers = { ...seen, lessons: openLessons(pool), ...openLedger(pool) }
  return { store, claims: openClaims(pool), ...ledgers, ...gates }
}
