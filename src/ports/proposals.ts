/**
 * A repair of what is red, what takes back the commit that turned it red and the change again behind that, or a repair of a
 * bug that an issue describes.
 */
export type ProposalKind = 'fix' | 'revert' | 'forward' | 'bug'

/** A pull request of ours. @internal */
export interface Proposal {
  readonly kind: ProposalKind
  readonly repository: number
  readonly number: number
  /** The branch with the fix, and the branch it is for. */
  readonly branch: string
  readonly base: string
  /** The last commit that we wrote there. */
  readonly headSha: string
  /** The shape of the failure it is for. */
  readonly failure: string
  readonly taskId: string
}

/** A branch that we wrote, and the last commit that we wrote there. */
export type OwnBranch = Pick<Proposal, 'branch' | 'headSha'>

/** Why we have no more to do with it: a newer one took its place, the failure went away, the branch is somebody's own now. */
export type GivenUp = 'superseded' | 'withdrawn' | 'taken-over' | 'closed' | 'merged'

export interface KnownProposal extends Omit<Proposal, 'failure'> {
  readonly isSameFailure: boolean
  readonly givenUp: GivenUp | null
  /** It was merged, and somebody took it back. */
  readonly isTakenBack: boolean
}

/** What is remembered of what others saw. */
export interface ProposalWrites {
  /** Written once per number; again, it is brought up to date. */
  save(proposal: Proposal): Promise<void>
  /** The first reason stays. */
  giveUp(repository: number, number: number, because: GivenUp): Promise<void>
  /** Merged, and as which commit where the host says so; whatever a run took it for. */
  merged(repository: number, number: number, as: string | null): Promise<void>
  /** Those of ours among what was taken back on a branch are no success any more; gives those that were until now. */
  takenBack(
    repository: number,
    branch: string,
    which: TakenBack,
  ): Promise<readonly Pick<Proposal, 'kind' | 'number' | 'branch'>[]>
}

/** What the messages of commits say was reverted. @internal */
export interface TakenBack {
  readonly commits: readonly string[]
  readonly pulls: readonly number[]
}

/** What we proposed, on record where nobody's edit on GitHub can change it. */
export interface Proposals extends ProposalWrites {
  /** All of a repository, held against a failure. */
  of(repository: number, failure: string): Promise<readonly KnownProposal[]>
  /** The one of a branch of ours, whatever became of it; the newest. */
  onBranch(repository: number, branch: string): Promise<KnownProposal | null>
  /** The one that is this pull request, whatever became of it. */
  numbered(repository: number, number: number): Promise<KnownProposal | null>
  /** Those for what is red on a branch that we did not give up; one for a described bug waits whatever colour it has. */
  forBase(repository: number, base: string): Promise<readonly KnownProposal[]>
}
