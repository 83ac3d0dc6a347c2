import type { HostedRepository } from '#domain/hosted.ts'
import type { WaitingDeploy } from '#domain/protection.ts'

/** One that has no answer yet, and what was told about it last. */
export interface OpenWait extends WaitingDeploy {
  readonly told: string | null
  /** GitHub takes ten reports. */
  readonly reports: number
}

/** Jobs that wait for our word, on record until they have it. */
export interface WaitingDeploys {
  /**
   * Told again by the same delivery it changes nothing; asked again by GitHub, as for a re-run, it is open again, and the
   * approval that it used stays used.
   */
  enter(wait: WaitingDeploy, delivery: string, at: Date): Promise<void>
  open(repository: number, pull: number): Promise<readonly OpenWait[]>
  /** Open ones that were asked about before a time. */
  older(than: Date): Promise<readonly OpenWait[]>
  told(wait: WaitingDeploy, words: string): Promise<void>
  answered(wait: WaitingDeploy, state: 'approved' | 'rejected'): Promise<void>
  /** Uses up an approval, named by when it was given; false where it let another run through already. */
  claim(wait: WaitingDeploy, since: Date): Promise<boolean>
}

/** GitHub's side of a deployment protection rule. */
export interface ProtectionRules {
  /** The commit of a run of a workflow; null where there is no such run. */
  commitOf(repository: HostedRepository, run: number): Promise<string | null>
  /** The pull request whose head, or whose merge, a commit is. */
  changeAt(repository: HostedRepository, sha: string): Promise<number | null>
  /** With no state it is a report of how it stands. Said twice, the first word holds. */
  say(
    wait: Omit<WaitingDeploy, 'sha' | 'pull'>,
    word: { readonly state: 'approved' | 'rejected' | null; readonly comment: string },
  ): Promise<void>
}
