import type { ColumnType, Generated } from 'kysely'

import type { GivenUp, ProposalKind } from '#ports/proposals.ts'
import type { RepairEnd } from '#ports/repairs.ts'

import type {
  CostsTable,
  CulpritsTable,
  DecisionsTable,
  FlakesTable,
  LessonsTable,
  DeploymentsTable,
  LooksTable,
  ModelEditsTable,
  NewsTable,
  OpenGatesTable,
  ReservationsTable,
  RestraintsTable,
  SightingsTable,
  WaitingDeploysTable,
} from './tables-of-decisions.ts'

/** A time: a Date when read, an ISO text when written. */
type Time = ColumnType<Date, string, string>
type MaybeTime = ColumnType<Date | null, string | null, string | null>
/** A JSON document: parsed when read, text when written. */
type Document = ColumnType<unknown, string, string>

interface RunsTable {
  id: string
  workflow: string
  repository: string
  head_sha: string
  task_id: string | null
  state: string
  outcome: string | null
  reason: string | null
  detail: string | null
  started_at: Time
  finished_at: MaybeTime
}

interface TasksTable {
  id: string
  kind: string
  title: string
  priority: number
  severity: string
  file_paths: Document
}

interface AttemptsTable {
  run_id: string
  phase: string
  step: string
  number: number
  state: string
  reason: string | null
  detail: string | null
  started_at: Time
  finished_at: MaybeTime
}

interface EvidenceTable {
  run_id: string
  key: string
  sequence: Generated<string>
  evidence: Document
}

interface AuditTable {
  sequence: Generated<string>
  run_id: string | null
  key: string
  type: string
  data: Document
  at: Generated<Date>
}

interface InboxTable {
  delivery_id: string
  sequence: Generated<string>
  name: string
  payload: string | null
  state: string
  reason: string | null
  attempts: Generated<number>
  received_at: Generated<Date>
  due_at: Generated<Date>
  holder: string | null
  settled_at: Date | null
}

interface BookmarksTable {
  name: string
  place: string | null
  begun_at: Generated<Date>
}

interface ClaimsTable {
  key: string
  run_id: string
  task_id: string
  at: Generated<Date>
}

interface RepairsTable {
  /** A number that the driver reads as text. */
  repository: string
  failure: string
  task_id: string
  run_id: string
  branch: string
  head_sha: string
  round: number
  begun_at: Generated<Date>
  ended: RepairEnd | null
  ended_at: Date | null
}

interface ProposalsTable {
  kind: ColumnType<ProposalKind, ProposalKind, never>
  repository: string
  number: number
  branch: string
  base: string
  head_sha: string
  failure: string
  task_id: string
  given_up: GivenUp | null
  merged_as: string | null
  reverted_at: Date | null
  opened_at: Generated<Date>
}

interface WaitingPullsTable {
  repository: string
  pull: number
  head_sha: string
  base: string
  since: Generated<Date>
  told_at: Date | null
}

/** The tables of the schema `goalkeeper`, as the query builder sees them. */
export interface Tables {
  runs: RunsTable
  tasks: TasksTable
  attempts: AttemptsTable
  evidence: EvidenceTable
  audit: AuditTable
  inbox: InboxTable
  bookmarks: BookmarksTable
  claims: ClaimsTable
  repairs: RepairsTable
  proposals: ProposalsTable
  waiting_pulls: WaitingPullsTable
  reservations: ReservationsTable
  costs: CostsTable
  culprits: CulpritsTable
  looks: LooksTable
  flakes: FlakesTable
  sightings: SightingsTable
  decisions: DecisionsTable
  open_gates: OpenGatesTable
  restraints: RestraintsTable
  waiting_deploys: WaitingDeploysTable
  lessons: LessonsTable
  model_edits: ModelEditsTable
  deployments: DeploymentsTable
  news: NewsTable
}
