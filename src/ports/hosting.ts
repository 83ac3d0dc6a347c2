import type { CheckAnnotation, CheckConclusion } from '#domain/check-run.ts'
import type { CiState } from '#domain/ci.ts'
import type { Asked, HostedRepository } from '#domain/hosted.ts'

import type { DeployTarget, Incidents } from './deployments.ts'

/** A check run of ours on a commit. `externalId` is the run: shown again, the same check run changes. */
export interface CheckRunView {
  readonly headSha: string
  readonly externalId: string
  /** Null while the run goes on. */
  readonly conclusion: CheckConclusion | null
  readonly title: string
  /** Markdown, at most 65,535 characters. */
  readonly summary: string
  /** Said once: those of earlier views stay. Lines of files that the commit does not have are left out. */
  readonly annotations?: readonly CheckAnnotation[]
}

/**
 * What others see stands in an interface of its own, called `…Writes`: shadow mode has to have a form of each of these,
 * and a new one without it does not compile.
 */
export interface CheckRunWrites {
  show(repository: HostedRepository, view: CheckRunView): Promise<void>
}

export interface CheckRuns extends CheckRunWrites {
  /** What the others' check runs and statuses of a commit say together. */
  verdict(repository: HostedRepository, sha: string): Promise<CommitVerdict>
}

/** `none`: nothing ever reported on this commit. */
export type CommitVerdict =
  | { readonly kind: 'none' | 'pending' | 'green' }
  | { readonly kind: 'red'; readonly failed: readonly string[] }

export interface Comments {
  /** One comment of ours per marker: written once, changed afterwards. Markdown, at most 65,535 characters. */
  show(
    repository: HostedRepository,
    at: { readonly issue: number; readonly marker: string; readonly body: string },
  ): Promise<void>
  /** Puts eyes on what somebody wrote. */
  acknowledge(repository: HostedRepository, asked: Asked): Promise<void>
}

export interface PullRequest {
  readonly number: number
  readonly url: string
  readonly state: 'open' | 'merged' | 'closed'
  readonly headSha: string
  readonly isDraft: boolean
}

export interface NewPullRequest {
  readonly head: string
  readonly base: string
  readonly title: string
  readonly body: string
  readonly labels: readonly string[]
}

/** A pull request that we opened once, as GitHub shows it. */
export interface OpenedBefore {
  readonly number: number
  readonly state: PullRequest['state']
  readonly base: string
  readonly createdAt: Date
}

/** All writes look first: asked twice, or after an answer that got lost, they have one effect. */
export interface PullRequestWrites {
  /** Opens a draft, or brings the one of the same branch up to date; a branch has one, whatever became of it. */
  open(repository: HostedRepository, wanted: NewPullRequest): Promise<PullRequest>
  /** Writes its body anew and adds labels; a draft stays one. */
  advance(
    repository: HostedRepository,
    number: number,
    to: Pick<NewPullRequest, 'body' | 'labels'>,
  ): Promise<void>
  /** Closes it without a word: whoever asks for that has said why. */
  close(repository: HostedRepository, number: number): Promise<void>
  markReady(repository: HostedRepository, number: number): Promise<void>
  /** Closes one that a newer one takes the place of. */
  supersede(repository: HostedRepository, number: number, by: number): Promise<void>
}

export interface PullRequests extends PullRequestWrites {
  look(repository: HostedRepository, number: number): Promise<PullRequest>
  /** The newest hundred that we opened. */
  ours(repository: HostedRepository): Promise<readonly OpenedBefore[]>
  /** Where its head stands now. */
  head(repository: HostedRepository, number: number): Promise<PullRequestHead>
  /** The open one whose head is this commit: GitHub does not tell of those of forks. */
  atHead(repository: HostedRepository, sha: string): Promise<PullRequestHead | null>
}

export interface PullRequestHead {
  readonly number: number
  readonly sha: string
  readonly branch: string
  readonly base: string
  readonly isFork: boolean
}

export interface People {
  /** The role that GitHub says somebody has here, e.g. `triage`; `none` for a stranger and for a bot. */
  roleOf(repository: HostedRepository, login: string): Promise<string>
}

export interface Branches {
  /** The commit at the tip of a branch; null where there is no such branch. */
  tip(repository: HostedRepository, branch: string): Promise<string | null>
}

export interface Ci {
  /** What others' checks say of a commit, as far as they are not green. */
  state(repository: HostedRepository, sha: string): Promise<CiState>
}

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
  /** Since when our check of the gate is on that commit. */
  readonly shownAt: Date | null
  readonly author: number | null
  /** GitHub's numbers of who wrote in it; null where GitHub does not list all commits. */
  readonly contributors: ReadonlySet<number> | null
  /** Who pushed last to the head branch; null where GitHub does not say. */
  readonly pusher: number | null
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

/** What we ask of the place where repositories are hosted. */
export interface Hosting {
  readonly checkRuns: CheckRuns
  readonly ci: Ci
  readonly comments: Comments
  readonly pullRequests: PullRequests
  readonly people: People
  readonly branches: Branches
  readonly deploys: Deploys
  readonly target: DeployTarget
  readonly incidents: Incidents
}
