/** A pull request that is red because its base is, at one commit. @internal */
export interface WaitingPull {
  /** GitHub's number of the repository. */
  readonly repository: number
  readonly pull: number
  readonly headSha: string
  /** The branch that it is for. */
  readonly base: string
}

/** Who has to hear that a base is green again: its own run ended long before. */
export interface WaitingPulls {
  /** The same however often it is said. */
  wait(of: WaitingPull): Promise<void>
  /** Those that wait for a branch and were not told yet. */
  forBase(repository: number, base: string): Promise<readonly WaitingPull[]>
  told(of: WaitingPull): Promise<void>
}
