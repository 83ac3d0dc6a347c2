import type { HostedRepository } from '#domain/hosted.ts'

import type { PullRequest } from './hosting.ts'

/** What a change is, as far as a deploy of it depends on that; all of it asked now. */
export interface DeployableChange {
  readonly number: number
  readonly state: PullRequest['state']
  readonly title: string
  readonly labels: readonly string[]
  readonly isDraft: boolean
  readonly isConflicted: boolean
  readonly isFork: boolean
  readonly isForDefault: boolean
  /** The default branch: its configuration rules. */
  readonly defaultBranch: string
  /** The head of an open pull request, the commit that a merged one became. */
  readonly sha: string
  readonly tree: string
  /** The tree that merging would give; null where GitHub has none. */
  readonly mergedTree: string | null
  /** It changes `.github/goalkeeper.yml`, or too much to know. */
  readonly changesPolicy: boolean
  /** What it was based on: there the policy is not its own. */
  readonly baseSha: string
  /** Since when our check of the gate is on that commit. */
  readonly shownAt: Date | null
  /** When it was merged; null where it is not. */
  readonly mergedAt: Date | null
  readonly author: number | null
  /** GitHub's numbers of who wrote in it; null where GitHub does not list all commits. */
  readonly contributors: ReadonlySet<number> | null
  /** Who pushed last to the head branch; null where GitHub does not say. */
  readonly pusher: number | null
  /** When that was; null where GitHub does not say, and for a fork. */
  readonly pushedAt: Date | null
}

/** The check of the gate on a commit. It may have three buttons, each to approve for an environment. */
export interface GateCheckView {
  readonly pull: number
  readonly sha: string
  readonly conclusion: 'success' | 'failure' | 'action_required'
  readonly title: string
  readonly summary: string
  readonly buttons: readonly string[]
}

export interface Deploys {
  look(repository: HostedRepository, number: number): Promise<DeployableChange>
  /** The configuration of a branch as it is there now; null where there is none. */
  configuration(repository: HostedRepository, branch: string): Promise<string | null>
  /** One check of ours per pull request and commit: shown again, it changes. */
  show(repository: HostedRepository, view: GateCheckView): Promise<void>
}
