import type { DeployState } from './deploy.ts'
import type { Counts } from './watch.ts'

/** One deploy as it stands on record, for what is counted over many. What is null was not recorded. */
export interface Delivery {
  readonly runId: string
  /** GitHub's number of the repository. */
  readonly repository: number
  readonly environment: string
  readonly state: DeployState
  readonly enteredAt: Date
  /** When its commit was written: for a squash, when it was merged. */
  readonly committedAt: Date | null
  readonly beganAt: Date | null
  readonly liveAt: Date | null
  readonly decidedAt: Date | null
  readonly restoredAt: Date | null
  /** When somebody closed the issue of its incident. */
  readonly closedAt: Date | null
  readonly before: Counts | null
  readonly after: Counts | null
}
