import type { HostedRepository } from '#domain/hosted.ts'

export interface Person {
  readonly login: string
  /** As `People.roleOf` says it. */
  readonly role: string
}

/** Who stands behind a commit of a branch. */
export interface Change {
  /** Whom GitHub takes its author for, by the address in the commit: anybody can write one. Null for nobody it knows. */
  readonly author: Person | null
  /** The pull request that brought it, however it was merged; null where it was pushed. */
  readonly pull: {
    readonly number: number
    /** Who opened it; null where the account is gone. */
    readonly author: Person | null
    /** What it bears now, with the role of whoever put each there last. */
    readonly labels: readonly { readonly name: string; readonly role: string }[]
  } | null
}

export interface Changes {
  /** The number of the merged pull request that brought a commit; null where none did, or there is no such commit. */
  broughtBy(repository: HostedRepository, sha: string): Promise<number | null>
  behind(repository: HostedRepository, sha: string): Promise<Change>
}
