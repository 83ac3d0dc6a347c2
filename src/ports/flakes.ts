import type { FlakeCase, Seen, Sighting, TestName } from '#domain/flake-case.ts'

/** What was seen of tests that may be flaky, and where people are told; of all runs of a repository. */
export interface Flakes {
  /** Each sighting once, however often it is told. */
  saw(repository: number, sightings: readonly Sighting[]): Promise<void>
  /** The newest first, at most 200 of each. */
  seen(repository: number, test: TestName): Promise<readonly Seen[]>
  /** Forgets what was seen before then; which tests there are, and their issues, stays. */
  forget(before: Date): Promise<void>
  /** Tests that ever failed by what may be chance. */
  cases(repository: number): Promise<readonly FlakeCase[]>
  /** The issue of a test that is on record, and whether it waits for somebody. */
  told(repository: number, of: FlakeCase): Promise<void>
}
