import type { Check } from '#domain/check.ts'
import type { Finding } from '#domain/finding.ts'
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

/** A job of CI as the host names it. */
export interface NamedJob {
  readonly name: string
  /** The path of its workflow file; null where that is not known. */
  readonly workflow: string | null
}

/** Which of a repository's checks a job runs, by their names, and what of it cannot be run here. */
export interface JobWork {
  readonly checks: readonly string[]
  readonly unreachable: readonly string[]
}

/** Finds the commands behind a repository's checks: configuration, else workflow files, else package scripts. */
export interface Checks {
  find(
    source: string,
    configuration: RepositoryConfiguration | null,
    asked: readonly string[],
  ): Promise<AskedChecks>
  /** What is behind each of these jobs, in their order; nothing where the workflow files know no such job. */
  behind(
    source: string,
    checks: readonly Check[],
    jobs: readonly NamedJob[],
  ): Promise<readonly JobWork[]>
  /** What of a check a change of these files can touch: related tests where the runner knows them, else all of it. */
  relatedTo(check: Check, files: readonly string[]): Check
}

/** Reads what the tools of these checks printed elsewhere. */
export interface LogReader {
  /** Paths are relative to the root of `source`, where the same files lie. Never throws. */
  findings(text: string, checks: readonly Check[], source: string): readonly Finding[]
}
