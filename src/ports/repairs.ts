/** A failure in the hands of a task. `failure` is its shape: the same tomorrow, on another line. */
export interface TakenFailure {
  /** GitHub's number of the repository. */
  readonly repository: number
  readonly failure: string
  readonly taskId: string
  readonly runId: string
  /** The branch that is red, and its commit. */
  readonly branch: string
  readonly headSha: string
  /** Counts from 1. */
  readonly round: number
}

export type Taking =
  /** It is this task's now. */
  | { readonly kind: 'taken' }
  /** An earlier round of this very task repaired it, and it is back as it was. */
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'held'; readonly by: string }

export type RepairEnd = 'green' | 'unfixed' | 'stood-down'

/** Who repairs which failure, and how often it was tried; on record where nobody's edit on GitHub can change it. */
export interface Repairs {
  /** How many tasks ended without a green fix since the last that ended with one. */
  spent(repository: number, failure: string): Promise<number>
  /**
   * Takes a failure unless another task has it. One on an older commit of the same branch gives way, and so does one
   * whose run is over. The same however often it is asked.
   */
  take(failure: TakenFailure): Promise<Taking>
  /** What the task has goes to its next run. */
  passOn(taskId: string, runId: string): Promise<void>
  /** Ends what the task still has. */
  end(taskId: string, how: RepairEnd): Promise<void>
  /** The runs that repair a branch, and the commit that each began with. */
  onBranch(
    repository: number,
    branch: string,
  ): Promise<readonly { readonly runId: string; readonly headSha: string }[]>
}
