import type { HostedRepository } from '#domain/hosted.ts'

import type { Hosting, NewPullRequest, PullRequest, PullRequests } from './hosting.ts'
import type { Mirror, Repositories } from './repositories.ts'

/** What steps may put before other people. In shadow mode it is put on record instead, and they are told so. */
export interface Publishing extends Omit<Hosting, 'pullRequests'> {
  readonly pullRequests: Omit<PullRequests, 'open'> & {
    /** Null: nothing was opened, it is on record. */
    open(repository: HostedRepository, wanted: NewPullRequest): Promise<PullRequest | null>
  }
  readonly repositories: Omit<Repositories, 'deliver'> & {
    deliver(
      mirror: Mirror,
      branch: string,
      from: string | null,
    ): Promise<'delivered' | 'moved' | 'withheld'>
  }
}
