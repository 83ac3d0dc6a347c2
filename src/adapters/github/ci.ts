import type { Octokit } from '@octokit/rest'

import type { CiAnnotation, CiReport, CiState } from '#domain/ci.ts'
import type { HostedRepository } from '#domain/hosted.ts'
import type { Ci } from '#ports/hosting.ts'

import { redact } from '../secrets/redact.ts'
import { type ClientFor, named, statusOf, type WhoWeAre } from './client.ts'
import { jobLog } from './job-log.ts'

/** Of more red checks than this only the names are read. */
const mostRead = 12

/** What GitHub knows of the checks of a commit that are not green: output, annotations, and the log of the failed step. */
export function githubCi(clientFor: ClientFor, whoWeAre: WhoWeAre): Ci {
  return {
    async state(repository, sha): Promise<CiState> {
      const app = await whoWeAre()
      const client = await clientFor(repository, { checks: 'read', statuses: 'read' })
      // By itself: who installed the App without this right is answered without logs.
      const actions = await clientFor(repository, { actions: 'read' })
      const [all, statuses] = await Promise.all([
        runsAt(client, repository, sha),
        redStatuses(client, repository, sha),
      ])
      const runs = all.filter((run) => run.app?.id !== app.id)
      const red = runs.filter(({ conclusion }) => conclusion !== null && !good.has(conclusion))
      const failed: CiReport[] = []
      // What is asked of one check goes side by side, and check after check: GitHub asks for few at once.
      for (const run of red.slice(0, mostRead))
        failed.push(await reportOf({ client, actions }, repository, run))
      return {
        failed: [...failed, ...statuses.slice(0, mostRead - failed.length)],
        unread: [...red, ...statuses].slice(mostRead).map((one) => nameOf(one)),
        unfinished: runs.filter(({ status }) => status !== 'completed').map(({ name }) => name),
      }
    },
  }
}

/** Conclusions that leave nobody with anything to do. */
const good: ReadonlySet<string> = new Set(['success', 'neutral', 'skipped', 'stale'])

interface CheckRun {
  readonly id: number
  readonly name: string
  readonly status: string
  readonly conclusion: string | null
  readonly app: { readonly id: number; readonly slug?: string } | null
  readonly output: {
    readonly title: string | null
    readonly summary: string | null
    readonly annotations_count: number
  }
}

async function runsAt(
  client: Octokit,
  repository: HostedRepository,
  ref: string,
): Promise<readonly CheckRun[]> {
  const place = { ...named(repository), ref, filter: 'latest' as const, per_page: 100 }
  return await client.paginate(client.rest.checks.listForRef, place)
}

function nameOf(one: CheckRun | CiReport): string {
  return 'name' in one ? one.name : one.check
}

async function reportOf(
  { client, actions }: { readonly client: Octokit; readonly actions: Octokit },
  repository: HostedRepository,
  run: CheckRun,
): Promise<CiReport> {
  const isJob = run.app?.slug === 'github-actions'
  const { title, summary, annotations_count: count } = run.output
  const [job, annotations, log] = await Promise.all([
    isJob ? jobOf(actions, repository, run.id) : null,
    count === 0 ? [] : annotationsOf(client, repository, run.id),
    isJob ? jobLog(actions, repository, run.id) : ({ kind: 'none' } as const),
  ])
  return {
    check: bounded(run.name, 200),
    conclusion: run.conclusion ?? '',
    job,
    title: title === null ? null : bounded(title, 300),
    summary: summary === null ? null : bounded(summary, 4000),
    annotations,
    log,
  }
}

/** A check run of GitHub Actions and its job have the same number; null where there is no such job any more. */
async function jobOf(
  client: Octokit,
  repository: HostedRepository,
  job_id: number,
): Promise<CiReport['job']> {
  try {
    const at = named(repository)
    const { data: job } = await client.rest.actions.getJobForWorkflowRun({ ...at, job_id })
    const { data: run } = await client.rest.actions.getWorkflowRun({ ...at, run_id: job.run_id })
    const step = job.steps?.find(({ conclusion }) => conclusion === 'failure')?.name ?? null
    const workflow = run.path.replace(/@.*$/, '')
    return { name: bounded(job.name, 200), workflow, step: step && bounded(step, 200) }
  } catch (error) {
    if (notForUs.has(statusOf(error))) return null
    throw error
  }
}

/** Not granted, not there, or no token to be had for it. */
const notForUs: ReadonlySet<number | null> = new Set([403, 404, 422])

/** One page of them: what lies beyond is counted by GitHub and read by nobody. */
const mostAnnotations = 100

async function annotationsOf(
  client: Octokit,
  repository: HostedRepository,
  check_run_id: number,
): Promise<CiAnnotation[]> {
  const place = { ...named(repository), check_run_id, per_page: mostAnnotations }
  const { data } = await client.rest.checks.listAnnotations(place)
  return data.map(({ path, start_line: line, annotation_level, message }) => ({
    path: bounded(path, 500),
    line: line > 0 ? line : null,
    level:
      annotation_level === 'warning' || annotation_level === 'notice'
        ? annotation_level
        : 'failure',
    message: bounded(message ?? '', 1000),
  }))
}

/** Older CI reports a status and nothing else. */
async function redStatuses(
  client: Octokit,
  repository: HostedRepository,
  ref: string,
): Promise<readonly CiReport[]> {
  const place = { ...named(repository), ref, per_page: 100 }
  const { data } = await client.rest.repos.getCombinedStatusForRef(place)
  return data.statuses
    .filter(({ state }) => state === 'failure' || state === 'error')
    .map(({ context, state, description }) => ({
      check: bounded(context, 200),
      conclusion: state,
      job: null,
      title: description === null ? null : bounded(description, 300),
      summary: null,
      annotations: [],
      log: { kind: 'none' as const },
    }))
}

function bounded(text: string, most: number): string {
  return redact(text.slice(0, most))
}
