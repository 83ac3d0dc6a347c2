import type { Failure } from '#domain/failure.ts'

/** A pull request that we opened once. */
export interface OwnPullRequest {
  readonly number: number
  readonly state: 'open' | 'merged' | 'closed'
  readonly base: string
  readonly createdAt: Date
  /** It was made for the same failure. */
  readonly isSameFailure: boolean
  /** We closed it ourselves, or it is somebody else's now: nobody declined our fix by closing it. */
  readonly isGivenUp: boolean
  /** It was merged, and somebody took it back. */
  readonly isTakenBack: boolean
  /** It takes back what turned the branch red, or is for a bug that no check is red for: no fix of the branch takes its place. */
  readonly isBeside: boolean
  /** Somebody pushed to its branch, and goes on with it. */
  readonly isTheirs: boolean
}

export type Offer =
  | { readonly kind: 'offer'; readonly supersedes: readonly number[] }
  | {
      readonly kind: 'hold'
      readonly because: 'declined-before' | 'with-somebody' | 'too-many-open' | 'too-many-lately'
    }

/** Open at a time and opened within an hour, for each repository: the figures of the most used update bots. @internal */
export const caps = { open: 10, perHour: 2 } as const

const hourMs = 3_600_000

/**
 * Whether a fix may be proposed: not what somebody closed without merging or took back, and not more at a time than people can look
 * at. Older proposals for the same branch give way to this one.
 */
export function offer(
  own: readonly OwnPullRequest[],
  about: { readonly base: string; readonly now: Date },
): Offer {
  const declined = own.some(
    (one) => one.isSameFailure && (one.isTakenBack || (one.state === 'closed' && !one.isGivenUp)),
  )
  if (declined) return { kind: 'hold', because: 'declined-before' }
  const open = own.filter(({ state }) => state === 'open')
  if (open.some(({ isSameFailure, isTheirs }) => isSameFailure && isTheirs))
    return { kind: 'hold', because: 'with-somebody' }
  const older = open.filter(
    ({ base, isTheirs, isBeside }) => base === about.base && !isTheirs && !isBeside,
  )
  const others = own.filter((one) => !older.includes(one) && !one.isTheirs)
  if (others.filter(({ state }) => state === 'open').length >= caps.open)
    return { kind: 'hold', because: 'too-many-open' }
  const since = about.now.getTime() - hourMs
  if (others.filter(({ createdAt }) => createdAt.getTime() > since).length >= caps.perHour)
    return { kind: 'hold', because: 'too-many-lately' }
  return { kind: 'offer', supersedes: older.map(({ number }) => number) }
}

/** What makes a failure the same failure tomorrow: its checks and findings, never their lines or their number. */
export function shapeOfFailure(failures: readonly Failure[]): string {
  const said = failures.flatMap(({ check, targets }) =>
    targets.map(({ tool, rule, file, message }) =>
      JSON.stringify([check.name, tool, rule, file, message]),
    ),
  )
  return [...new Set(said)].toSorted((a, b) => (a < b ? -1 : 1)).join('\n')
}
