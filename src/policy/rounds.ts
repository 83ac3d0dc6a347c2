/** I5: how often a pull request of ours is repaired further while its own checks are red. @internal */
export const mostRounds = 5

interface Looked {
  readonly verdict: 'none' | 'pending' | 'green' | 'red' | 'merged'
  /** The round that just ended; the first is 1. */
  readonly round: number
}

/** What is next for a proposal whose checks were looked at. */
export function nextFor({ verdict, round }: Looked): 'ready' | 'leave' | 'again' | 'spent' {
  switch (verdict) {
    case 'none':
    case 'green':
      return 'ready'
    // They take longer than we wait, or nothing is left to be judged.
    case 'pending':
    case 'merged':
      return 'leave'
    case 'red':
      return round < mostRounds ? 'again' : 'spent'
  }
}
