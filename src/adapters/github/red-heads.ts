import type { Octokit } from '@octokit/rest'

import type { NewDelivery } from '#ports/inbox.ts'

import { type ClientFor, named } from './client.ts'
import type { InstalledRepository } from './installed.ts'

interface Wanted {
  readonly appId: number
  readonly endedAfter: Date
}

/** Of the pull requests that somebody touched, this many of the newest are looked at. */
const mostPulls = 30

/** GitHub ends a job after five days at the latest on machines of one's own; on its own machines after six hours. */
const longestCheckMs = 5 * 86_400_000

/**
 * The red heads of a repository, each as the delivery that GitHub would have sent of its first red check or status, with the
 * fields that we read of one.
 */
export async function redHeads(
  { clientFor }: { readonly clientFor: ClientFor },
  repository: InstalledRepository,
  wanted: Wanted,
): Promise<{ readonly asked: number; readonly deliveries: readonly NewDelivery[] }> {
  const client = await clientFor(repository, rights)
  const heads = [branchHead(repository), ...(await pullHeads(client, repository, wanted))]
  const deliveries: NewDelivery[] = []
  for (const head of heads) {
    const at = { ...wanted, ref: head.ref }
    const run = await redRunAt(client, repository, at)
    const red = run === null ? await redStatusAt(client, repository, at) : null
    if (run !== null) deliveries.push(deliveryOf(repository, head, run))
    if (red !== null) deliveries.push(statusDelivery(repository, head, red))
  }
  return { asked: 2 * heads.length + 2, deliveries }
}

const rights = { actions: 'read', checks: 'read', pull_requests: 'read', statuses: 'read' } as const

interface Head {
  readonly ref: string
  /** Null on a fork. */
  readonly branch: string | null
  readonly pulls: readonly Pull[]
}

type Pull = Pick<ListedPull, 'number' | 'head' | 'base'>
type ListedPull = Awaited<ReturnType<Octokit['rest']['pulls']['list']>>['data'][number]
type Run = Awaited<
  ReturnType<Octokit['rest']['checks']['listForRef']>
>['data']['check_runs'][number]
type Combined = Awaited<ReturnType<Octokit['rest']['repos']['getCombinedStatusForRef']>>['data']
type Status = Combined['statuses'][number]

function branchHead({ defaultBranch: branch }: InstalledRepository): Head {
  return { ref: `heads/${branch}`, branch, pulls: [] }
}

async function pullHeads(
  client: Octokit,
  repository: InstalledRepository,
  { endedAfter }: Wanted,
): Promise<readonly Head[]> {
  const { data } = await client.rest.pulls.list({
    ...named(repository),
    state: 'open',
    sort: 'updated',
    direction: 'desc',
    per_page: mostPulls,
  })
  const oldest = endedAfter.getTime() - longestCheckMs
  return data
    .filter(({ updated_at: at }) => Date.parse(at) > oldest)
    .map((pull) => {
      const isFork = pull.head.repo?.id !== pull.base.repo.id
      return { ref: pull.head.sha, branch: isFork ? null : pull.head.ref, pulls: [pull] }
    })
}

async function redRunAt(
  client: Octokit,
  repository: InstalledRepository,
  { ref, appId, endedAfter }: Wanted & { readonly ref: string },
): Promise<Run | null> {
  const asked = { ...named(repository), ref, filter: 'latest' as const, per_page: 100 }
  const runs = await client.paginate(client.rest.checks.listForRef, asked)
  const found = runs.filter(
    ({ app, conclusion, completed_at: at }) =>
      app?.id !== appId && red.has(conclusion) && at !== null && new Date(at) > endedAfter,
  )
  for (const run of found) if (!(await isBegunByBot(client, repository, run))) return run
  return null
}

/** A workflow that a bot began by hand, as we do for a deploy, says nothing of the commit that it stands on. */
async function isBegunByBot(
  client: Octokit,
  repository: InstalledRepository,
  { app, check_suite: suite }: Run,
): Promise<boolean> {
  if (app?.slug !== 'github-actions' || suite === null) return false
  const asked = { ...named(repository), check_suite_id: suite.id, per_page: 1 }
  const { data } = await client.rest.actions.listWorkflowRunsForRepo(asked)
  const [run] = data.workflow_runs
  return run?.event === 'workflow_dispatch' && run.actor?.type === 'Bot'
}

const red: ReadonlySet<string | null> = new Set(['failure', 'timed_out'])

/** Of each context GitHub shows the newest here, and the commit that the branch pointed to. */
async function redStatusAt(
  client: Octokit,
  repository: InstalledRepository,
  { ref, endedAfter }: Wanted & { readonly ref: string },
): Promise<(Pick<Status, 'id' | 'state' | 'context'> & { readonly sha: string }) | null> {
  const asked = { ...named(repository), ref, per_page: 100 }
  const { data } = await client.rest.repos.getCombinedStatusForRef(asked)
  const found = data.statuses.find(
    ({ state, updated_at: at }) => redStates.has(state) && new Date(at) > endedAfter,
  )
  return found === undefined ? null : { ...found, sha: data.sha }
}

const redStates: ReadonlySet<string> = new Set(['failure', 'error'])

function deliveryOf(repository: InstalledRepository, head: Head, run: Run): NewDelivery {
  const sender = { login: run.app?.slug ?? repository.owner, id: run.app?.id ?? repository.id }
  const { conclusion, head_sha, app } = run
  const pull_requests = head.pulls.map(({ number, head: from, base }) => ({
    number,
    head: side(from),
    base: side(base),
  }))
  const payload = {
    ...sentBy(repository, sender),
    action: 'completed',
    check_run: {
      id: run.id,
      name: run.name,
      head_sha,
      conclusion,
      check_suite: { head_branch: head.branch },
      app: app === null ? null : { id: app.id, slug: app.slug, name: app.name },
      pull_requests,
    },
  }
  return { id: known(repository, head_sha), name: 'check_run', payload: JSON.stringify(payload) }
}

function statusDelivery(
  repository: InstalledRepository,
  head: Head,
  status: Pick<Status, 'id' | 'state' | 'context'> & { readonly sha: string },
): NewDelivery {
  const { id, sha, state, context } = status
  const branches = head.branch === null ? [] : [{ name: head.branch, commit: { sha } }]
  const sender = { login: repository.owner, id: repository.id }
  const payload = { ...sentBy(repository, sender), id, sha, state, context, branches }
  return { id: known(repository, sha), name: 'status', payload: JSON.stringify(payload) }
}

/** One name for all that is red on a commit: it is told once. */
function known({ id }: InstalledRepository, sha: string): string {
  return `missed check ${id} ${sha}`
}

function sentBy(
  { installation, id, owner, name, defaultBranch: default_branch }: InstalledRepository,
  sender: { readonly login: string; readonly id: number },
) {
  return {
    sender: { ...sender, type: 'Bot' },
    installation: { id: installation },
    repository: { id, name, default_branch, owner: { login: owner } },
  }
}

function side({ ref, sha, repo }: Pull['head']) {
  return { ref, sha, repo: repo === null ? null : { id: repo.id } }
}
