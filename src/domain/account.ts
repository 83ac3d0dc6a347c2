import type { DeployFacts } from './deploy-facts.ts'
import type { FixFact } from './fix-fact.ts'
import type { IncidentChange } from './incident.ts'
import type { DeployWeighed } from './rollback.ts'
import type { Run } from './run.ts'
import type { Emergency } from './second-look.ts'

/** Something that is on record, and when that was. */
interface At<What> {
  readonly at: Date
  readonly what: What
}

/** What one run of a task has on record, oldest first. */
export interface RunAccount {
  readonly run: Run
  readonly facts: readonly At<FixFact>[]
  /** How the deploy ended; null where the run is none, or has not ended. */
  readonly deploy: At<DeployFacts> | null
  /** Null where the deploy was none, or somebody else approved it, too. */
  readonly emergency: Emergency | null
  /** What the deploy changes; null where nobody wrote it down. */
  readonly weighed: DeployWeighed | null
  /** What people did with the issue of its incident, oldest first. */
  readonly incidents: readonly IncidentChange[]
  /** When its report was shown; null where it was not. */
  readonly reportedAt: Date | null
}

/** All that is on record about one task, from what was heard to what is live: what every report is rendered from. */
export interface Account {
  /** Null for a run without a task. */
  readonly taskId: string | null
  readonly runs: readonly RunAccount[]
}

/** The fact of a deploy's report, in the audit log. */
export const reportedType = 'deploy-reported'

/** The facts of all runs, oldest first. */
export function factsIn({ runs }: Account): readonly FixFact[] {
  return runs.flatMap(({ facts }) => facts.map(({ what }) => what))
}

/** The newest deploy. */
export function deployIn({ runs }: Account): DeployFacts | null {
  return runs.findLast(({ deploy }) => deploy !== null)?.deploy?.what ?? null
}

/** What was done last with the issue of the incident of the newest deploy; null where nobody did anything. */
export function incidentOf({ runs }: Account): IncidentChange | null {
  return runs.findLast(({ deploy }) => deploy !== null)?.incidents.at(-1) ?? null
}

/** The newest emergency. */
export function emergencyOf({ runs }: Account): Emergency | null {
  return runs.findLast(({ emergency }) => emergency !== null)?.emergency ?? null
}

/** What the newest deploy changes. */
export function weighedIn({ runs }: Account): DeployWeighed | null {
  return runs.findLast(({ weighed }) => weighed !== null)?.weighed ?? null
}
