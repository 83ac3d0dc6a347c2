import type { Octokit } from '@octokit/rest'

import type { HostedRepository } from '#domain/hosted.ts'
import type { CommitVerdict } from '#ports/hosting.ts'

import { type AppIdentity, named } from './client.ts'

interface Of {
  readonly sha: string
  /** Its own checks are reports and judge nothing. */
  readonly app: AppIdentity
}

/** What others say of a commit. */
interface Said {
  readonly suites: readonly Suite[]
  readonly runs: readonly Run[]
  readonly status: Status
}

interface Suite {
  readonly status: string | null
  readonly latest_check_runs_count: number
}

interface Run {
  readonly name: string
  readonly status: string
  readonly conclusion: string | null
}

interface Status {
  readonly state: string
  readonly total_count: number
  readonly statuses: readonly { readonly context: string; readonly state: string }[]
}

/** Suites are asked for first: a run that was begun before its suite ended is then among the runs. */
export async function saidOf(
  client: Octokit,
  repository: HostedRepository,
  { sha: ref, app }: Of,
): Promise<Said> {
  const place = { ...named(repository), ref, per_page: 100 }
  const { checks, repos } = client.rest
  const suites = await client.paginate(checks.listSuitesForRef, place)
  const [runs, { data: status }] = await Promise.all([
    client.paginate(checks.listForRef, { ...place, filter: 'latest' as const }),
    repos.getCombinedStatusForRef({ ...named(repository), ref }),
  ])
  const isOthers = (one: (typeof suites | typeof runs)[number]) => one.app?.id !== app.id
  return { suites: suites.filter(isOthers), runs: runs.filter(isOthers), status }
}

/** Conclusions that leave nobody with anything to do. */
const good: ReadonlySet<string | null> = new Set(['success', 'neutral', 'skipped'])

export function verdictOf({ suites, runs, status }: Said): CommitVerdict {
  // What is red while something else runs is not all that is red: nothing is begun on half of it.
  const isPending = status.total_count > 0 && status.state === 'pending'
  if (isPending || suites.some(isUnderWay) || runs.some((run) => run.status !== 'completed'))
    return { kind: 'pending' }
  if (runs.length === 0 && status.total_count === 0) return { kind: 'none' }
  const failed = [
    ...runs.filter((run) => !good.has(run.conclusion)),
    ...status.statuses
      .filter(({ state }) => state === 'failure' || state === 'error')
      .map(({ context }) => ({ name: context })),
  ]
  if (failed.length === 0) return { kind: 'green' }
  return { kind: 'red', failed: [...new Set(failed.map(({ name }) => name))] }
}

/**
 * A job that needs another has no check run before that one ended; its suite is in progress all the while. Each push gets
 * a queued suite of every App that may write checks, and most never fill it.
 */
function isUnderWay({ status, latest_check_runs_count: runs }: Suite): boolean {
  return status === 'in_progress' || (status !== 'completed' && runs > 0)
}
