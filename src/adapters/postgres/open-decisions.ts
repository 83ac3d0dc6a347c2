import { Kysely, PostgresDialect } from 'kysely'
import type { Pool } from 'pg'

import type { Approvals, OpenGates } from '#ports/approvals.ts'
import type { WaitingDeploys } from '#ports/protection.ts'
import type { Restraints } from '#ports/restraints.ts'

import { postgresApprovals } from './approvals.ts'
import { schema } from './migrations.ts'
import { postgresOpenGates } from './open-gates.ts'
import { patiently } from './patience.ts'
import { postgresRestraints } from './restraints.ts'
import type { Tables } from './tables.ts'
import { postgresWaitingDeploys } from './waiting-deploys.ts'

/** What people decided about deploys, and what is open by it; on the same pool. */
export function openApprovals(pool: Pool): {
  approvals: Approvals
  openGates: OpenGates
  restraints: Restraints
} {
  const database = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }).withSchema(schema)
  const approvals = patientApprovals(postgresApprovals(database))
  const openGates = postgresOpenGates(database)
  const restraints = postgresRestraints(database)
  return {
    approvals,
    openGates: {
      watch: (...of) => patiently(() => openGates.watch(...of)),
      watched: (repository) => patiently(() => openGates.watched(repository)),
      due: (now) => patiently(() => openGates.due(now)),
      wake: (...of) => patiently(() => openGates.wake(...of)),
    },
    restraints: {
      put: (...of) => patiently(() => restraints.put(...of)),
      lift: (...of) => patiently(() => restraints.lift(...of)),
      on: (place) => patiently(() => restraints.on(place)),
    },
  }
}

function patientApprovals(approvals: Approvals): Approvals {
  return {
    record: (...of) => patiently(() => approvals.record(...of)),
    of: (place) => patiently(() => approvals.of(place)),
    find: (...of) => patiently(() => approvals.find(...of)),
    void: (...of) => patiently(() => approvals.void(...of)),
    supersede: (...of) => patiently(() => approvals.supersede(...of)),
  }
}

/** Jobs that wait for our word; on the same pool. */
export function openWaitingDeploys(pool: Pool): WaitingDeploys {
  const database = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }).withSchema(schema)
  const waits = postgresWaitingDeploys(database)
  return {
    enter: (...of) => patiently(() => waits.enter(...of)),
    open: (...of) => patiently(() => waits.open(...of)),
    older: (than) => patiently(() => waits.older(than)),
    told: (...of) => patiently(() => waits.told(...of)),
    answered: (...of) => patiently(() => waits.answered(...of)),
    claim: (...of) => patiently(() => waits.claim(...of)),
  }
}
