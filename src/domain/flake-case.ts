import { z } from 'zod'

/** A test as people know it. `title` is its full name, or the name of the check where the tool tells no more. */
export const testName = z.strictObject({
  check: z.string(),
  file: z.string().nullable(),
  title: z.string(),
})
export type TestName = z.infer<typeof testName>

/** What one run of a test said; `infra`: nothing about the test, for the machine failed it. */
export type TestOutcome = 'pass' | 'fail' | 'infra'

/** One run of a test on a commit. `number` counts the runs of it within a run of ours, from 0. */
export interface Sighting {
  readonly test: TestName
  readonly branch: string
  readonly sha: string
  readonly runId: string
  readonly number: number
  readonly outcome: TestOutcome
}

/** A sighting that is on record. */
export interface Seen extends Sighting {
  readonly at: Date
}

/** What is known of a test beyond one run. `issue`: where people are told, null where they are not. */
export interface FlakeCase {
  readonly test: TestName
  readonly issue: number | null
  readonly isOpen: boolean
}

/** What all that was seen of a test says together. `where`: how many commits. */
export type CourtVerdict =
  /** It passed and failed on one commit. */
  | {
      readonly kind: 'flaky'
      readonly fails: number
      readonly passes: number
      readonly where: number
    }
  /** It failed each time on a commit, often enough, and passes on no later one. */
  | { readonly kind: 'broken'; readonly fails: number }
  /** The machine failed it, and nothing else was seen. */
  | { readonly kind: 'infra'; readonly times: number }
  | { readonly kind: 'quiet' }
  /** Too little was seen. */
  | { readonly kind: 'open' }
