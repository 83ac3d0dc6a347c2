import type { CheckAnnotation, CheckConclusion } from '#domain/check-run.ts'
import type { CiState } from '#domain/ci.ts'
import type { Asked, HostedRepository } from '#domain/hosted.ts'
import type { Lines } from '#domain/suggestion.ts'

import type { Changes } from './changes.ts'
import type { DeployTarget, Incidents, Reports } from './deployments.ts'
import type { Deploys } from './deploys.ts'
import type { Landings } from './landings.ts'
import type { Notices } from './notices.ts'
import type { OwnBranch } from './proposals.ts'
import type { ProtectionRules } from './protection.ts'

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
  /** What our newest check run on a commit says; null where there is none. */
  said(repository: HostedRepository, sha: string): Promise<SaidOfCommit | null>
  /** What the others' check runs and statuses of a commit say together. */
  verdict(repository: HostedRepository, sha: string): Promise<CommitVerdict>
}

interface SaidOfCommit {
  /** False while the run goes on. */
  readonly isOver: boolean
  readonly summary: string
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

/** One review with remarks on lines of a commit. `marker` begins its body: with the same one it is the same review. */
export interface NewReview {
  readonly marker: string
  readonly headSha: string
  readonly body: string
  readonly comments: readonly (Lines & { readonly body: string })[]
}

/** A pull request that we opened once, as GitHub shows it. */
export interface OpenedBefore {
  readonly number: number
  readonly state: PullRequest['state']
  readonly base: string
  readonly createdAt: Date
}

/** One of ours that is to be closed. `left` goes with it, where it still stands as we left it; null: it is not on record. */
export interface OwnPullRequest {
  readonly number: number
  readonly left: OwnBranch | null
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
  /** Closes it without a word: who asks has said why. What others closed, merged or build on keeps its branch. */
  close(repository: HostedRepository, one: OwnPullRequest): Promise<void>
  /** Takes away a branch that was pushed and never proposed. One with a pull request, or not as we left it, stays. */
  forsake(repository: HostedRepository, left: OwnBranch): Promise<void>
  markReady(repository: HostedRepository, number: number): Promise<void>
  /** Says something on lines of somebody's pull request; `refused` where the host does not take it there. */
  suggest(
    repository: HostedRepository,
    number: number,
    review: NewReview,
  ): Promise<'suggested' | 'refused'>
  /** Closes one that a newer one takes the place of. */
  supersede(repository: HostedRepository, one: OwnPullRequest, by: number): Promise<void>
}

export interface PullRequests extends PullRequestWrites {
  look(repository: HostedRepository, number: number): Promise<PullRequest>
  /** The newest hundred that we opened. */
  ours(repository: HostedRepository): Promise<readonly OpenedBefore[]>
  /** The lines of its head that its diff shows, and that can be written on. */
  shownLines(repository: HostedRepository, number: number): Promise<readonly Lines[]>
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
  /** Whether somebody is in a team of the repository's organization; false where nobody says. */
  isInTeam(repository: HostedRepository, login: string, team: string): Promise<boolean>
}

/** An issue as its page shows it, every text as it was written. */
export interface Issue {
  readonly title: string
  readonly body: string
  /** The oldest hundred; null for who is gone. */
  readonly comments: readonly { readonly author: string | null; readonly body: string }[]
}

export interface Issues {
  read(repository: HostedRepository, number: number): Promise<Issue>
}

export interface Variables {
  /** What a repository says about its automation by a name; null where it says nothing. */
  read(repository: HostedRepository, name: string): Promise<string | null>
}

export interface Branches {
  /** The commit at the tip of a branch; null where there is no such branch. */
  tip(repository: HostedRepository, branch: string): Promise<string | null>
}

export interface Ci {
  /** What others' checks say of a commit, as far as they are not green. */
  state(repository: HostedRepository, sha: string): Promise<CiState>
}

/** What we ask of the place where repositories are hosted. */
export interface Hosting {
  readonly checkRuns: CheckRuns
  readonly ci: Ci
  readonly changes: Changes
  readonly comments: Comments
  readonly notices: Notices
  readonly pullRequests: PullRequests
  readonly people: People
  readonly branches: Branches
  readonly deploys: Deploys
  readonly issues: Issues
  readonly target: DeployTarget
  readonly incidents: Incidents
  readonly reports: Reports
  readonly variables: Variables
  readonly protection: ProtectionRules
  readonly landings: Landings
}
