import type { Check } from '#domain/check.ts'
import type { RepositoryConfiguration } from '#domain/repository-configuration.ts'

export interface FoundChecks {
  readonly checks: readonly Check[]
  /** Checks that exist but cannot be run here, each with the reason in a sentence. */
  readonly unreachable: readonly { readonly name: string; readonly because: string }[]
}

export interface AskedChecks extends FoundChecks {
  /** Its type checks and tests that were not asked for: whoever changes a file has to answer for these too. */
  readonly beside: readonly Check[]
}

/** Finds the commands behind a repository's checks: configuration, else workflow files, else package scripts. */
export interface Checks {
  find(
    source: string,
    configuration: RepositoryConfiguration | null,
    asked: readonly string[],
  ): Promise<AskedChecks>
  /** What of a check a change of these files can touch: related tests where the runner knows them, else all of it. */
  relatedTo(check: Check, files: readonly string[]): Check
}
