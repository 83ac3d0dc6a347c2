import type { Person } from './gate.ts'

/** `lock`: of one environment. `freeze`: of all deploys. `pause`: of all that Goalkeeper does but taking back. */
export type RestraintKind = 'lock' | 'freeze' | 'pause'

/** Somebody said that something is to wait, until somebody says otherwise. */
export interface Restraint {
  readonly kind: RestraintKind
  /** Null for all of a repository. */
  readonly environment: string | null
  /** In all repositories of the installation. */
  readonly isEverywhere: boolean
  readonly person: Person
  readonly reason: string | null
  readonly at: Date
}

/** What is in force in a repository, and when deploys were frozen last: also where that is over. */
export interface Restrained {
  readonly inForce: readonly Restraint[]
  readonly frozenAt: Date | null
}

/** Why nothing new may begin (I10). */
export type StopReason = 'switched-off' | 'paused'
