import type { GateRefusal } from './gate.ts'
import type { HostedRepository } from './hosted.ts'

/** A job of a workflow that waits before an environment until we say yes or no. */
export interface WaitingDeploy {
  readonly repository: HostedRepository
  /** GitHub's number of the workflow's run. */
  readonly run: number
  /** As GitHub calls it, in its own letters. */
  readonly environment: string
  readonly sha: string
  /** The pull request that the commit is of. */
  readonly pull: number
}

/** Why a job is told no, or to wait. */
export type WaitReason =
  | 'rejected'
  | 'tampered'
  | 'superseded'
  | 'switched-off'
  | 'another-run'
  | 'no-pull-request'
  | 'too-long'
  | 'ungated'
  | 'used-before'
  | 'needs-approval'
  | GateRefusal

export type WaitAnswer =
  | { readonly state: 'approved'; readonly since: Date; readonly by: readonly string[] }
  | { readonly state: 'rejected' | 'waits'; readonly because: WaitReason }
