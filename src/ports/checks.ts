import type { Check } from '#domain/check.ts'
import type { RepositoryConfiguration } from '#domain/repository-configuration.ts'

export interface FoundChecks {
  readonly checks: readonly Check[]
  /** Checks that exist but cannot be run here, each with the reason in a sentence. */
  readonly unreachable: readonly { readonly name: string; readonly because: string }[]
}

/** Finds the commands behind a repository's checks: configuration, else workflow files, else package scripts. */
export interface Checks {
  find(
    source: string,
    configuration: RepositoryConfiguration | null,
    asked: readonly string[],
  ): Promise<FoundChecks>
}
