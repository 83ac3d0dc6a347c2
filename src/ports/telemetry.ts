import type { Attempt, Run } from '#domain/run.ts'

/** A run that ended, with what its trace is made of. */
export interface FinishedRun {
  readonly run: Run
  /** The task that the whole story has: that of the repair, also for its deploys. */
  readonly taskId: string | null
  readonly attempts: readonly Attempt[]
  /** The webhook that began it; null where it is not on record, or was none. */
  readonly heard: {
    readonly delivery: string
    readonly name: string
    readonly at: Date
    readonly settledAt: Date
  } | null
}

export interface FinishedRuns {
  /** Some that finished after a place, the oldest first, with the place to go on from. */
  after(place: string, limit: number): Promise<readonly FinishedRun[]>
}

/** How many there are of what, by words of ours only. */
export interface Tally {
  readonly name: 'runs' | 'tasks' | 'deployments' | 'decisions' | 'deliveries' | 'news'
  readonly labels: Readonly<Record<string, string>>
  readonly count: number
}

export interface Tallies {
  count(): Promise<readonly Tally[]>
}
