/** What one run is about, so that a second one is not started for it. @internal */
export interface Claim {
  /** e.g. repository id, branch and commit. */
  readonly key: string
  readonly runId: string
  readonly taskId: string
}

export interface Claims {
  /** Puts the claim down where nobody has it; answers who has it now. The same however often it is asked. */
  take(claim: Claim): Promise<Claim>
  /** The run that wrote a commit, or null. */
  whoWrote(sha: string): Promise<string | null>
}
