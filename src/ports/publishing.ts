import type { HostedRepository } from '#domain/hosted.ts'

import type {
  CheckRunWrites,
  Comments,
  Hosting,
  NewPullRequest,
  PullRequest,
  PullRequests,
  PullRequestWrites,
} from './hosting.ts'
import type { Notices } from './notices.ts'
import type { Delivery, Mirror, Repositories, RepositoryWrites } from './repositories.ts'

/** Everything that others see, port by port; a step is told where it was put on record instead. */
export interface Writes {
  readonly checkRuns: CheckRunWrites
  readonly comments: Comments
  readonly notices: Notices
  readonly pullRequests: Omit<PullRequestWrites, 'open'> & {
    /** Null: nothing was opened, it is on record. */
    open(repository: HostedRepository, wanted: NewPullRequest): Promise<PullRequest | null>
  }
  readonly repositories: Omit<RepositoryWrites, 'deliver'> & {
    deliver(
      mirror: Mirror,
      branch: string,
      how: Delivery,
    ): Promise<'delivered' | 'moved' | 'withheld'>
  }
}

/** Ports of a host that only look. A new port is either named here or has writes of its own. */
type Looking = Pick<Hosting, 'ci' | 'changes' | 'people' | 'branches' | 'issues'>

/** What steps may put before other people, with what they may look at. In shadow mode it is put on record instead. */
export interface Publishing extends Looking {
  readonly checkRuns: Writes['checkRuns'] & Omit<Hosting['checkRuns'], keyof Writes['checkRuns']>
  readonly comments: Writes['comments']
  readonly notices: Writes['notices']
  readonly pullRequests: Writes['pullRequests'] & Omit<PullRequests, keyof PullRequestWrites>
  readonly repositories: Writes['repositories'] & Omit<Repositories, keyof RepositoryWrites>
}
