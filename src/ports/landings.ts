import type { HostedRepository } from '#domain/hosted.ts'

/** A pull request as it stands before its branch. */
export interface LandingPull {
  readonly state: 'open' | 'merged' | 'closed'
  readonly headSha: string
  readonly isDraft: boolean
  /** Whether its branch takes it; `protected`: something that is required is missing. */
  readonly branch: 'takes' | 'protected' | 'behind' | 'conflict' | 'unknown'
}

/** Merges what may be merged, and nothing past the protection of a branch. */
export interface Landings {
  look(repository: HostedRepository, number: number): Promise<LandingPull>
  /** Only as that commit; `refused` with what the host says. */
  merge(
    repository: HostedRepository,
    number: number,
    sha: string,
  ): Promise<{ readonly kind: 'merged' } | { readonly kind: 'refused'; readonly detail: string }>
}
