import type { Octokit } from '@octokit/rest'

/** A run of a workflow that somebody started by hand. */
export interface DispatchedRun {
  readonly status: string | null
  readonly conclusion: string | null
  readonly endedAt: Date
  /** Its page. */
  readonly trace: string
}

interface At {
  readonly owner: string
  readonly repo: string
  /** The name of its file. */
  readonly workflow: string
}

/** The run behind the address of its page. Throws where it is not one. */
export async function dispatchedRun(
  client: Octokit,
  { owner, repo }: At,
  trace: string,
): Promise<DispatchedRun> {
  const run_id = Number(/\/actions\/runs\/(\d+)/.exec(trace)?.[1])
  return runOf((await client.rest.actions.getWorkflowRun({ owner, repo, run_id })).data)
}

interface Named {
  /** Who started it. */
  readonly login: string
  /** What its name has to contain. */
  readonly key: string
  readonly since: Date
}

/**
 * The run that we began and that has our key in its name (`run-name`). `unclear`: we began runs of this workflow since
 * whose names do not say for what, and one of them may be it.
 */
export async function runNamed(
  client: Octokit,
  { owner, repo, workflow }: At,
  { login, key, since }: Named,
): Promise<DispatchedRun | 'none' | 'unclear'> {
  const asked = { owner, repo, event: 'workflow_dispatch', per_page: 100 }
  const runs = client.paginate.iterator(client.rest.actions.listWorkflowRunsForRepo, asked)
  let unclear = false
  for await (const { data } of runs) {
    const newer = data.filter((run) => new Date(run.created_at) >= since)
    const ours = newer.filter((run) => run.actor?.login === login && isOf(run.path, workflow))
    const found = ours.find((run) => run.display_title.includes(key))
    if (found !== undefined) return runOf(found)
    unclear ||= ours.some((run) => !anyKey.test(run.display_title))
    if (newer.length < data.length) break
  }
  return unclear ? 'unclear' : 'none'
}

/** The key of an order, whichever: a run's id and its task. */
const anyKey = /\brun_\S+ (deploy|rollback)\b/

/** GitHub writes the ref behind it now and then. */
function isOf(path: string, workflow: string): boolean {
  return path.split('@')[0] === `.github/workflows/${workflow}`
}

function runOf(run: {
  readonly status: string | null
  readonly conclusion: string | null
  readonly updated_at: string
  readonly html_url: string
}): DispatchedRun {
  const { status, conclusion, html_url: trace } = run
  return { status, conclusion, endedAt: new Date(run.updated_at), trace }
}
