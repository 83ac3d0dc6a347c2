import type { Account, App } from './state.ts'

/** What was checked in one repository: suites and runs of every app, and the workflow runs of the CI. */
export interface Checks {
  readonly suites: CheckSuite[]
  readonly runs: CheckRun[]
  readonly workflowRuns: WorkflowRun[]
}

type CheckStatus = 'queued' | 'in_progress' | 'completed' | 'waiting' | 'requested' | 'pending'

export type Conclusion =
  | 'success'
  | 'failure'
  | 'neutral'
  | 'cancelled'
  | 'skipped'
  | 'timed_out'
  | 'action_required'

export interface CheckSuite {
  readonly id: number
  readonly app: App
  readonly headSha: string
  readonly headBranch: string | null
  readonly before: string | null
  readonly createdAt: Date
  updatedAt: Date
  status: CheckStatus
  conclusion: Conclusion | null
}

export interface CheckRun {
  readonly id: number
  readonly suite: CheckSuite
  readonly headSha: string
  name: string
  externalId: string
  detailsUrl: string | null
  status: CheckStatus
  conclusion: Conclusion | null
  startedAt: Date | null
  completedAt: Date | null
  output: CheckOutput
  readonly annotations: Annotation[]
}

interface CheckOutput {
  readonly title: string | null
  readonly summary: string | null
  readonly text: string | null
}

export interface Annotation {
  readonly path: string
  readonly start_line: number
  readonly end_line: number
  readonly start_column: number | null
  readonly end_column: number | null
  readonly annotation_level: 'notice' | 'warning' | 'failure'
  readonly message: string
  readonly title: string | null
  readonly raw_details: string | null
}

export interface WorkflowRun {
  readonly id: number
  readonly workflowId: number
  readonly number: number
  readonly name: string
  readonly path: string
  readonly event: 'push' | 'pull_request' | 'workflow_dispatch'
  readonly title: string
  readonly actor: Account
  readonly suite: CheckSuite
  readonly headSha: string
  readonly headBranch: string
  readonly createdAt: Date
  attempt: number
  startedAt: Date
  updatedAt: Date
  status: CheckStatus
  conclusion: Conclusion | null
  jobs: Job[]
}

/** A job of a workflow run. Its id is its check run's id, as on GitHub. */
export interface Job {
  /** Its key in the workflow file. */
  readonly key: string
  readonly run: CheckRun
  readonly attempt: number
  readonly steps: JobStep[]
  /** null: GitHub threw it away. */
  log: string | null
}

interface JobStep {
  readonly name: string
  status: 'queued' | 'in_progress' | 'completed'
  conclusion: Conclusion | null
  startedAt: Date | null
  completedAt: Date | null
}

/** A commit status: the older sister of a check run. */
export interface Status {
  readonly id: number
  readonly sha: string
  readonly state: 'error' | 'failure' | 'pending' | 'success'
  readonly context: string
  readonly description: string | null
  readonly targetUrl: string | null
  readonly creator: Account
  readonly createdAt: Date
}
