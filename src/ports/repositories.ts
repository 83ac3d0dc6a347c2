import type { Landed } from '#domain/culprit.ts'
import type { Patch } from '#domain/patch.ts'

/** A repository as we hold it: a bare mirror of ours, never the user's checkout. */
export interface Mirror {
  /** Directory of the bare mirror on this machine. */
  readonly directory: string
  /** What the user named: an absolute path or a URL without credentials. */
  readonly origin: string
  readonly defaultBranch: string | null
}

/** There is nothing to work on: no repository, no commit in it, or no way to reach it. The message is a sentence. */
export class NoRepository extends Error {
  override readonly name = 'NoRepository'
}

/** It takes more room than the operator gives a repository. The message names it and the limit. */
export class RepositoryTooLarge extends Error {
  override readonly name = 'RepositoryTooLarge'
}

/** Something of a commit that a checkout leaves out, and why. */
export interface Omitted {
  readonly path: string
  readonly because: 'symlink-leaves-tree' | 'submodule'
}

/** Whether a patch reached the user's own files: all of it or nothing. */
export type Applied =
  | { readonly kind: 'applied'; readonly files: readonly string[] }
  | {
      readonly kind: 'refused'
      readonly because: 'modified' | 'no-working-tree' | 'outside-scope'
      readonly files: readonly string[]
    }

export interface Commit {
  readonly mirror: Mirror
  readonly branch: string
  readonly parent: string
  /** The branch stands at the parent on the origin, written by us: perhaps by another mirror of ours. */
  readonly isOnTop?: boolean
  readonly patch: Patch
  readonly message: string
  /** Author and committer date: the same run gives the same commit, however often it is written. */
  readonly at: Date
}

export type Written =
  | { readonly kind: 'written'; readonly sha: string }
  | {
      readonly kind: 'refused'
      readonly because: 'secret-found' | 'outside-scope' | 'head-moved'
      readonly detail: string
    }

/** The commit to take back, on top of which commit and of which changes to it. */
export interface Reversal {
  readonly of: string
  readonly onto: string
  readonly patch: Patch
}

/** The patch that takes a commit back, on top of the others; or what stands in its way. */
export type Reverted =
  | { readonly kind: 'reverted'; readonly patch: Patch }
  | { readonly kind: 'conflicts' | 'not-text'; readonly paths: readonly string[] }

/** What leaves our own mirror, and the commits on their way there. */
export interface RepositoryWrites {
  /** Writes exactly the patch's files as one commit on a branch of the mirror, after a secret scan. Idempotent. */
  commit(commit: Commit): Promise<Written>
  /**
   * Brings the branch into the user's own repository, touching neither HEAD nor the working tree; a URL is pushed to
   * where we may. On a server the branch must stand at `from` (null: not exist yet) or be there already, else it `moved`.
   */
  deliver(mirror: Mirror, branch: string, how: Delivery): Promise<'delivered' | 'moved'>
}

export interface Delivery {
  readonly from: string | null
  /** Ends it; its reason is thrown. */
  readonly stop?: AbortSignal
}

export interface Repositories extends RepositoryWrites {
  /** Begins to fetch, for whoever asks for the mirror within half a minute. */
  mirrorAhead(origin: string): void
  /**
   * Fetches into the mirror, creating it when there is none. Throws `NoRepository` when it cannot, `RepositoryTooLarge`, or
   * the reason of the signal that ended it.
   */
  mirror(origin: string, stop?: AbortSignal): Promise<Mirror>
  /** The SHA a ref, branch or SHA names; null when there is none. `null` asks for the user's HEAD. */
  resolve(mirror: Mirror, ref: string | null, stop?: AbortSignal): Promise<string | null>
  /** The best common ancestor, or null. */
  mergeBase(mirror: Mirror, a: string, b: string): Promise<string | null>
  /** A directory with the files of that commit and no git directory, kept for the run; asking twice gives the same one. Throws `RepositoryTooLarge`. */
  checkout(mirror: Mirror, sha: string, runId: string): Promise<string>
  /** What `checkout` leaves out of that commit: links that lead outside, submodules. */
  omitted(mirror: Mirror, sha: string): Promise<readonly Omitted[]>
  /** What stands otherwise in the user's working tree, where its HEAD is that commit; nothing for a URL. */
  uncommitted(mirror: Mirror, sha: string, runId: string): Promise<readonly string[]>
  /** A file of a commit as text; null when it is not there or not a plain file. */
  read(mirror: Mirror, sha: string, path: string): Promise<string | null>
  /** The paths in which two commits differ. */
  changed(mirror: Mirror, from: string, to: string): Promise<readonly string[]>
  /** The plain files directly in a folder of a commit, as paths from the root, in order. */
  list(mirror: Mirror, sha: string, folder: string): Promise<readonly string[]>
  /** What landed up to a commit, along the first parents, the newest first; at most `most`. */
  landed(mirror: Mirror, sha: string, most: number): Promise<readonly Landed[]>
  /** What would take a commit back; a merge as a whole. Conflicts are never resolved by guessing. */
  reversal(mirror: Mirror, of: Reversal): Promise<Reverted>
  /** A patch as a unified diff against a commit. */
  diff(mirror: Mirror, sha: string, patch: Patch): Promise<string>
  /** Writes a patch made on `sha` into the user's working tree, only if the touched files still are as in `sha`. */
  applyTo(mirror: Mirror, sha: string, patch: Patch): Promise<Applied>
  /** Removes what a run left on disk. */
  release(runId: string): Promise<void>
}
