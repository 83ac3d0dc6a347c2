import type { Octokit } from '@octokit/rest'

import { checkRunName } from '#domain/check-run.ts'
import type { HostedRepository } from '#domain/hosted.ts'
import type { CheckRuns, CheckRunView, CommitVerdict } from '#ports/hosting.ts'

import { annotate } from './annotate.ts'
import { type AppIdentity, type ClientFor, named, type WhoWeAre } from './client.ts'
import { createdOnce } from './once.ts'

/** Check runs through the Checks API; the runs of this App are known by name and external id. */
export function githubCheckRuns(clientFor: ClientFor, whoWeAre: WhoWeAre): CheckRuns {
  return {
    async show(repository, view) {
      const app = await whoWeAre()
      const client = await clientFor(repository, { checks: 'write' })
      const id = await createdOnce(
        () => find(client, repository, { view, app }),
        () => create(client, repository, view),
      )
      const place = { ...named(repository), check_run_id: id }
      const { data } = await client.rest.checks.update({ ...place, ...bodyOf(view) })
      const from = data.output.annotations_count
      if ((view.annotations ?? []).length > from)
        await annotate(clientFor, repository, { view, id, from })
    },
    async said(repository, sha) {
      const app = await whoWeAre()
      const client = await clientFor(repository, { checks: 'read' })
      const place = { ...named(repository), ref: sha, check_name: checkRunName, app_id: app.id }
      const { data } = await client.rest.checks.listForRef({ ...place, filter: 'latest' })
      const [newest] = data.check_runs
      if (newest === undefined) return null
      return { isOver: newest.status === 'completed', summary: newest.output.summary ?? '' }
    },
    async verdict(repository, sha) {
      const app = await whoWeAre()
      const client = await clientFor(repository, { checks: 'read', statuses: 'read' })
      const runs = await othersRuns(client, repository, { sha, app })
      return verdictOf(runs, await statusOf(client, repository, sha))
    },
  }
}

async function find(
  client: Octokit,
  repository: HostedRepository,
  { view, app }: { readonly view: CheckRunView; readonly app: AppIdentity },
): Promise<number | null> {
  const runs = await client.paginate(client.rest.checks.listForRef, {
    ...named(repository),
    ref: view.headSha,
    check_name: checkRunName,
    app_id: app.id,
    filter: 'all',
    per_page: 100,
  })
  return runs.find(({ external_id }) => external_id === view.externalId)?.id ?? null
}

async function create(
  client: Octokit,
  repository: HostedRepository,
  view: CheckRunView,
): Promise<number> {
  const { data } = await client.rest.checks.create({
    ...named(repository),
    name: checkRunName,
    head_sha: view.headSha,
    external_id: view.externalId,
    status: 'in_progress',
    output: { title: view.title, summary: view.summary },
  })
  return data.id
}

function bodyOf({ conclusion, title, summary }: CheckRunView) {
  const output = { title, summary }
  return conclusion === null
    ? { status: 'in_progress' as const, output }
    : { status: 'completed' as const, conclusion, output }
}

interface OthersRun {
  readonly name: string
  readonly status: string
  readonly conclusion: string | null
}

async function othersRuns(
  client: Octokit,
  repository: HostedRepository,
  { sha, app }: { readonly sha: string; readonly app: AppIdentity },
): Promise<readonly OthersRun[]> {
  const place = { ...named(repository), ref: sha, filter: 'latest' as const, per_page: 100 }
  const runs = await client.paginate(client.rest.checks.listForRef, place)
  return runs.filter((run) => run.app?.id !== app.id)
}

interface Status {
  readonly state: string
  readonly total_count: number
  readonly statuses: readonly { readonly context: string; readonly state: string }[]
}

async function statusOf(
  client: Octokit,
  repository: HostedRepository,
  ref: string,
): Promise<Status> {
  const { data } = await client.rest.repos.getCombinedStatusForRef({ ...named(repository), ref })
  return data
}

/** Conclusions that leave nobody with anything to do. */
const good: ReadonlySet<string | null> = new Set(['success', 'neutral', 'skipped'])

function verdictOf(runs: readonly OthersRun[], status: Status): CommitVerdict {
  if (runs.length === 0 && status.total_count === 0) return { kind: 'none' }
  // What is red while something else runs is not all that is red: nothing is begun on half of it.
  const isPending = status.total_count > 0 && status.state === 'pending'
  if (isPending || runs.some((run) => run.status !== 'completed')) return { kind: 'pending' }
  const failed = [
    ...runs.filter((run) => run.status === 'completed' && !good.has(run.conclusion)),
    ...status.statuses
      .filter(({ state }) => state === 'failure' || state === 'error')
      .map(({ context }) => ({ name: context })),
  ]
  if (failed.length === 0) return { kind: 'green' }
  return { kind: 'red', failed: [...new Set(failed.map(({ name }) => name))] }
}
