/** What became of one candidate: kept by the check that was red, or not. */
export interface Lesson {
  /** What kind of failure it was for: tool and rule. */
  readonly kind: string
  readonly strategy: string
  readonly isKept: boolean
}

/** What a strategy did for one kind of failure in a repository. What a human declined or took back afterwards counts as not kept. */
export interface Tally {
  readonly kind: string
  readonly strategy: string
  readonly kept: number
  readonly tried: number
}
