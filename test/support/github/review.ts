import type { Account } from './state.ts'

export interface Review {
  readonly id: number
  readonly author: Account
  readonly body: string
  readonly state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'PENDING'
  readonly sha: string
  readonly submittedAt: Date
  readonly comments: readonly ReviewComment[]
}

/** What somebody says on lines of a file as a pull request leaves it. */
interface ReviewComment {
  readonly path: string
  readonly body: string
  readonly line: number
  readonly start_line?: number | undefined
}
