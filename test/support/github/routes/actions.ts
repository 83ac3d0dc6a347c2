import { Hono } from 'hono'
import { z } from 'zod'

import { jobAnswer, workflowRunAnswer } from '../answers/actions.ts'
import type { Job, WorkflowRun } from '../checks-state.ts'
import { rerun } from '../ci/rerun.ts'
import { latestJobs, startWorkflow } from '../ci/run-workflow.ts'
import { dispatchedWorkflow } from '../ci/workflows.ts'
import { bodyOf, type Env, here, numbered, param, type Request, someone } from '../context.ts'
import { commitAt } from '../git/refs.ts'
import type { House } from '../house.ts'
import { pageOf } from '../paging.ts'
import { notFound, Refusal } from '../refusal.ts'
import type { Repository } from '../state.ts'

/** Below `/repos/{owner}/{repo}/actions`: what the CI ran. */
export function actionRoutes(house: House): Hono<Env> {
  const routes = new Hono<Env>()
  routes.get('/actions/runs', async (c) => {
    const repository = here(house, c, 'actions:read')
    const { items, total } = pageOf(c, filtered(c, repository))
    const workflow_runs = []
    for (const run of items) workflow_runs.push(await workflowRunAnswer(house, repository, run))
    return c.json({ total_count: total, workflow_runs })
  })
  routes.get('/actions/runs/:run', async (c) => {
    const repository = here(house, c, 'actions:read')
    return c.json(await workflowRunAnswer(house, repository, theRun(c, repository)))
  })
  routes.get('/actions/runs/:run/jobs', (c) => {
    const repository = here(house, c, 'actions:read')
    const run = theRun(c, repository)
    const jobs = c.req.query('filter') === 'all' ? run.jobs : latestJobs(run)
    const { items, total } = pageOf(c, jobs)
    const answers = items.map((job) => jobAnswer(house, repository, { run, job }))
    return c.json({ total_count: total, jobs: answers })
  })
  routes.get('/actions/jobs/:job', (c) => {
    const repository = here(house, c, 'actions:read')
    return c.json(jobAnswer(house, repository, theJob(c, repository)))
  })
  routes.get('/actions/jobs/:job/logs', (c) => {
    const repository = here(house, c, 'actions:read')
    const { job } = theJob(c, repository)
    if (job.run.status !== 'completed') throw notFound()
    if (job.log === null) throw new Refusal(410, 'Server Error')
    const { owner, name } = repository
    // As on GitHub, the log lies elsewhere and needs no token.
    return c.redirect(`${house.url}/_logs/${owner.login}/${name}/${job.run.id}`, 302)
  })
  rerunRoutes(house, routes)
  dispatchRoute(house, routes)
  return routes
}

const dispatch = z.object({
  ref: z.string(),
  inputs: z.record(z.string(), z.string()).default({}),
  return_run_details: z.boolean().default(false),
})

function dispatchRoute(house: House, routes: Hono<Env>): void {
  routes.post('/actions/workflows/:workflow/dispatches', async (c) => {
    const repository = here(house, c, 'actions:write')
    const { ref, inputs, return_run_details: isTold } = await bodyOf(c, dispatch)
    const sha = await commitAt(repository.directory, ref)
    if (sha === null) throw new Refusal(422, `No ref found for: ${ref}`)
    const path = `.github/workflows/${param(c, 'workflow')}`
    const { workflow, title } = await dispatchedWorkflow(repository, { path, sha, inputs })
    const at = { repository, by: someone(c), title, sha, headSha: sha, branch: ref }
    const start = { ...at, headBranch: ref, event: 'workflow_dispatch' } as const
    const run = await startWorkflow(house, start, workflow)
    if (!isTold) return c.body(null, 204)
    const { url: run_url, html_url } = await workflowRunAnswer(house, repository, run)
    return c.json({ workflow_run_id: run.id, run_url, html_url })
  })
}

function rerunRoutes(house: House, routes: Hono<Env>): void {
  const again = async (c: Request, which: (job: Job) => boolean, run: WorkflowRun) => {
    const repository = here(house, c, 'actions:write')
    if (run.status !== 'completed') throw new Refusal(403, 'This workflow is already running')
    await rerun(house, repository, { run, which, by: someone(c) })
    return c.json({}, 201)
  }
  routes.post('/actions/runs/:run/rerun', (c) =>
    again(c, () => true, theRun(c, here(house, c, 'actions:write'))),
  )
  routes.post('/actions/runs/:run/rerun-failed-jobs', (c) =>
    again(c, ({ run }) => run.conclusion === 'failure', theRun(c, here(house, c, 'actions:write'))),
  )
  routes.post('/actions/jobs/:job/rerun', (c) => {
    const { run, job } = theJob(c, here(house, c, 'actions:write'))
    return again(c, (one) => one === job, run)
  })
}

/** The newest first, as GitHub lists them. */
function filtered(c: Request, { checks }: Repository): readonly WorkflowRun[] {
  const { branch, event, status, head_sha: sha, check_suite_id: suite } = c.req.query()
  return checks.workflowRuns
    .filter((run) => branch === undefined || run.headBranch === branch)
    .filter((run) => event === undefined || run.event === event)
    .filter((run) => status === undefined || run.status === status || run.conclusion === status)
    .filter((run) => sha === undefined || run.headSha === sha)
    .filter((run) => suite === undefined || run.suite.id === Number(suite))
    .toReversed()
}

function theRun(c: Request, { checks }: Repository): WorkflowRun {
  return numbered(c, 'run', checks.workflowRuns)
}

function theJob(c: Request, { checks }: Repository): { run: WorkflowRun; job: Job } {
  const id = Number(param(c, 'job'))
  for (const run of checks.workflowRuns) {
    const job = run.jobs.find((one) => one.run.id === id)
    if (job !== undefined) return { run, job }
  }
  throw notFound()
}
