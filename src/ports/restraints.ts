import type { Person } from '#domain/gate.ts'
import type { HostedRepository } from '#domain/hosted.ts'
import type { Restrained, Restraint, RestraintKind, StopReason } from '#domain/restraint.ts'

/** Where a restraint was put, or where one is asked about. */
type Place = Pick<HostedRepository, 'installation' | 'id'>

/** Which restraints somebody lifts, and when that was said: what was put later stays. */
export interface Lifting {
  readonly kinds: readonly RestraintKind[]
  /** Null lifts those of the whole repository. */
  readonly environment: string | null
  readonly isEverywhere: boolean
  readonly person: Person
  readonly at: Date
}

/** What people told to wait, on record also after it was lifted. */
export interface Restraints {
  /** Written once per source, however often it is told. */
  put(place: Place, restraint: Restraint & { readonly source: string }): Promise<void>
  /** How many were lifted. */
  lift(place: Place, lifting: Lifting): Promise<number>
  on(place: Place): Promise<Restrained>
}

/** Asked before anything new is begun or shown to others (I10); to take something back is always allowed. */
export interface Stops {
  of(repository: HostedRepository): Promise<StopReason | null>
}
