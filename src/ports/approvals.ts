import type { Decision, VoidReason } from '#domain/gate.ts'
import type { HostedRepository } from '#domain/hosted.ts'

/** The change and the environment that decisions are about. */
export interface GatePlace {
  /** GitHub's number of the repository. */
  readonly repository: number
  readonly pull: number
  readonly environment: string
}

/** Every decision about a deploy, on record where nobody's edit on GitHub can change it. */
export interface Approvals {
  /** Written once per source, however often it is told. */
  record(place: GatePlace, decision: Omit<Decision, 'voided'>): Promise<void>
  /** All decisions, the oldest first, also those that do not count any more. */
  of(place: GatePlace): Promise<readonly Decision[]>
  /** Whose decision a source is about, and where; null where none was taken. */
  find(
    repository: number,
    source: string,
  ): Promise<{ readonly pull: number; readonly person: number } | null>
  /** A decision does not count any more; the first reason stays. */
  void(repository: number, source: string, because: VoidReason): Promise<void>
  /**
   * The change is at another commit: decisions about others do not count any more unless the files are the same. What
   * is superseded stays so, also when the old commit comes back.
   */
  supersede(
    change: Pick<GatePlace, 'repository' | 'pull'>,
    now: { readonly sha: string; readonly tree: string },
  ): Promise<void>
}

/** A pull request with a gate that is open, or would be. */
export interface WatchedGate {
  readonly repository: HostedRepository
  readonly pull: number
}

/** Which gates are open: time closes one without a webhook, and so does a role that somebody loses. */
export interface OpenGates {
  /** Somebody has to look again; null where no gate of the pull request is open, or would be. */
  watch(
    gate: WatchedGate,
    next: { readonly lookAt: Date; readonly openUntil: Date } | null,
  ): Promise<void>
  /** The pull requests of a repository that somebody has to look at again. */
  watched(repository: number): Promise<readonly number[]>
  /** Some of those to look at now, each told to one process; told again after a while, where nobody could look. */
  due(now: Date): Promise<readonly WatchedGate[]>
  /** Somebody has to look at once: in a repository, or in all of its installation. */
  wake(
    of: Pick<HostedRepository, 'installation' | 'id'>,
    isEverywhere: boolean,
    now: Date,
  ): Promise<void>
}
