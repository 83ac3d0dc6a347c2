import type { ColumnType, Generated } from 'kysely'

import type { Keeping } from '#domain/culprit.ts'
import type { DeployState } from '#domain/deploy.ts'
import type { TestOutcome } from '#domain/flake-case.ts'
import type { VoidReason } from '#domain/gate.ts'
import type { ChannelName } from '#domain/news.ts'
import type { RestraintKind } from '#domain/restraint.ts'

/** What was decided, and by what: budgets, culprits, gates. */

export interface ReservationsTable {
  id: string
  repository: string
  task_id: string
  run_id: string
  step: string
  day: ColumnType<Date, string, string>
  dollars: number
  tokens: number
  minutes: number
  at: Generated<Date>
  closed_at: Date | null
}

export interface CostsTable {
  sequence: Generated<string>
  reservation: string
  call: number
  kind: 'tokens' | 'minutes' | 'attempts'
  repository: string
  task_id: string
  run_id: string
  step: string
  day: ColumnType<Date, string, string>
  model: string | null
  quantity: number
  unit_price: number | null
  currency: Generated<string>
  source: 'measured' | 'estimated'
  at: Generated<Date>
}

export interface CulpritsTable {
  repository: string
  sha: string
  run_id: string
  kept: Keeping | null
  decided_at: Generated<Date>
  readied_at: Date | null
}

export interface LooksTable {
  tree: string
  command: string
  /** A JSON document: parsed when read, text when written. */
  evidence: ColumnType<unknown, string, string>
  looked_at: Generated<Date>
}

export interface DecisionsTable {
  sequence: Generated<string>
  repository: string
  pull: number
  environment: string
  source: string
  verdict: 'approve' | 'reject'
  person: string
  login: string
  sha: string
  trees: string[]
  plan: string
  reason: string | null
  decided_at: Date
  expires_at: Date
  voided: VoidReason | null
  voided_at: Date | null
  recorded_at: Generated<Date>
  emergency: Generated<boolean>
}

export interface RestraintsTable {
  sequence: Generated<string>
  installation: string
  repository: string
  source: string
  kind: RestraintKind
  environment: string | null
  everywhere: boolean
  person: string
  login: string
  reason: string | null
  put_at: Date
  lifted_at: Date | null
  lifted_by: string | null
  recorded_at: Generated<Date>
}

export interface OpenGatesTable {
  repository: string
  pull: number
  installation: string
  owner: string
  name: string
  look_at: Date
  open_until: Date
}

export interface LessonsTable {
  sequence: Generated<string>
  repository: string
  task_id: string
  run_id: string
  check_name: string
  number: number
  kind: string
  strategy: string
  is_kept: boolean
  at: Generated<Date>
}

export interface FlakesTable {
  repository: string
  test: string
  name: ColumnType<unknown, string, string>
  issue: number | null
  open: Generated<boolean>
}

export interface SightingsTable {
  repository: string
  test: string
  run_id: string
  number: number
  branch: string
  sha: string
  outcome: TestOutcome
  seen_at: Generated<Date>
}

export interface NewsTable {
  sequence: Generated<string>
  key: string
  channel: ChannelName
  /** A JSON document: parsed when read, text when written. */
  news: ColumnType<unknown, string, string>
  state: Generated<'due' | 'sent' | 'given-up'>
  attempts: Generated<number>
  problem: string | null
  posted_at: Generated<Date>
  due_at: Generated<Date>
  settled_at: Date | null
}

export interface DeploymentsTable {
  sequence: Generated<string>
  run: string
  repository: string
  environment: string
  pull: number
  sha: string
  state: DeployState
  held_until: Date
  approved_by: Generated<string[]>
  approved_at: Date | null
  previous: string | null
  entered_at: Date
  began_at: Date | null
  live_at: Date | null
  ended_at: Date | null
  takes_back: string | null
}

export interface WaitingDeploysTable {
  repository: string
  run: string
  environment: string
  installation: string
  owner: string
  name: string
  sha: string
  pull: number
  delivery: string
  asked_at: Date
  told: string | null
  reports: Generated<number>
  answered: 'approved' | 'rejected' | null
  approved_since: Date | null
}

export interface ModelEditsTable {
  repository: string
  task_id: string
  path: string
  before: string
  after: string
  at: Generated<Date>
}
