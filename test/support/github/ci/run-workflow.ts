import type { CheckRun, Conclusion, Job, WorkflowRun } from '../checks-state.ts'
import { type House, fullName } from '../house.ts'
import { wordOn } from '../protection.ts'
import type { Account, Repository } from '../state.ts'
import { settleSuite } from '../suites.ts'
import {
  announceCheckRun,
  announceJob,
  announceSuite,
  announceWorkflowRun,
} from '../webhooks/announce.ts'
import { newJob, newRun, type Planned, type Start } from './new-run.ts'
import { runJob } from './run-job.ts'
import { type Workflow, type WorkflowJob, workflowsFor } from './workflows.ts'

/** Begins every workflow that this push or pull request starts; they run in the background. */
export async function startWorkflows(house: House, start: Start): Promise<void> {
  for (const workflow of await workflowsFor(start.repository, start))
    await startWorkflow(house, start, workflow)
}

/** Begins one workflow; it runs in the background. */
export async function startWorkflow(
  house: House,
  start: Start,
  workflow: Workflow,
): Promise<WorkflowRun> {
  const run = newRun(house, start, workflow)
  plans.set(run, { workflow, sha: start.sha })
  await begin(house, start.repository, { run, chosen: workflow.jobs, by: start.by })
  return run
}

/** Runs jobs of a workflow run once more, and what hangs on them. */
export async function runAgain(
  house: House,
  repository: Repository,
  { run, keys, by }: { run: WorkflowRun; keys: readonly string[]; by: Account },
): Promise<void> {
  const plan = plans.get(run)
  if (plan === undefined) return
  run.attempt += 1
  run.startedAt = house.now()
  const chosen = withDependents(plan.workflow, keys)
  await begin(house, repository, { run, chosen, by })
}

interface Plan {
  readonly workflow: Workflow
  readonly sha: string
}

const plans = new WeakMap<WorkflowRun, Plan>()

/** Of every job its last attempt. */
export function latestJobs({ jobs }: WorkflowRun): readonly Job[] {
  return [...new Map(jobs.map((job) => [job.key, job])).values()]
}

/** These jobs and those that hang on them. */
function withDependents({ jobs }: Workflow, keys: readonly string[]): readonly WorkflowJob[] {
  const chosen = new Set(keys)
  // A workflow names no job before those that it needs, or this would take several rounds.
  for (const { id, needs } of jobs) if (needs.some((one) => chosen.has(one))) chosen.add(id)
  return jobs.filter(({ id }) => chosen.has(id))
}

interface Begin {
  readonly run: WorkflowRun
  readonly chosen: readonly WorkflowJob[]
  readonly by: Account
}

async function begin(
  house: House,
  repository: Repository,
  { run, chosen, by }: Begin,
): Promise<void> {
  run.status = 'queued'
  run.conclusion = null
  const sender = by
  await announceWorkflowRun(house, { repository, run, action: 'requested', sender })
  const jobs = chosen.map((plan) => ({ plan, job: newJob(house, { repository, run, plan }) }))
  settleSuite(house, repository, run.suite)
  for (const { job } of jobs) {
    announceCheckRun(house, { repository, run: job.run, action: 'created', sender })
    announceJob(house, { repository, run, job, action: 'queued', sender })
  }
  house.background(() => carryOut(house, repository, { run, jobs, by }))
}

interface Jobs {
  readonly run: WorkflowRun
  readonly jobs: readonly { readonly plan: WorkflowJob; readonly job: Job }[]
  readonly by: Account
}

async function carryOut(
  house: House,
  repository: Repository,
  { run, jobs, by }: Jobs,
): Promise<void> {
  const at = { repository, run, sender: by }
  run.status = 'in_progress'
  run.updatedAt = house.now()
  await announceWorkflowRun(house, { ...at, action: 'in_progress' })
  for (const [index, { plan, job }] of jobs.entries()) {
    if (house.ended.aborted) return
    const needed = latestJobs(run).filter(({ key }) => plan.needs.includes(key))
    const ready = needed.every((one) => one.run.conclusion === 'success')
    const resume = () =>
      house.background(() => carryOut(house, repository, { run, jobs: jobs.slice(index), by }))
    const { environment } = plan
    const word = ready ? wordOn(house, repository, { run, environment, by, resume }) : 'approved'
    if (word === 'waits') return wait(house, { run, job })
    start(house, job.run)
    announceJob(house, { ...at, job, action: 'in_progress' })
    const work = workOf(house, { repository, run, job, plan })
    const conclusion = !ready
      ? 'skipped'
      : word === 'rejected'
        ? 'failure'
        : await runJob(house, work)
    finish(house, job.run, conclusion)
    announceJob(house, { ...at, job, action: 'completed' })
    announceCheckRun(house, { repository, run: job.run, action: 'completed', sender: by })
  }
  await complete(house, repository, { run, jobs, by })
}

async function complete(house: House, repository: Repository, { run, by }: Jobs): Promise<void> {
  const suiteDone = settleSuite(house, repository, run.suite)
  run.status = 'completed'
  run.conclusion = run.suite.conclusion
  run.updatedAt = house.now()
  const sender = by
  if (suiteDone)
    await announceSuite(house, { repository, suite: run.suite, action: 'completed', sender })
  await announceWorkflowRun(house, { repository, run, action: 'completed', sender })
}

/** Before an environment, until its rule says something. */
function wait(house: House, { run, job }: { readonly run: WorkflowRun; readonly job: Job }): void {
  job.run.status = 'waiting'
  run.status = 'waiting'
  run.updatedAt = house.now()
}

function start(house: House, check: CheckRun): void {
  check.status = 'in_progress'
  check.startedAt = house.now()
}

function finish(house: House, check: CheckRun, conclusion: Conclusion): void {
  check.status = 'completed'
  check.conclusion = conclusion
  check.completedAt = house.now()
}

function workOf(house: House, of: Planned & { readonly job: Job }) {
  const { repository, run, job, plan } = of
  const sha = plans.get(run)?.sha ?? run.headSha
  const env = {
    ...house.ciEnvironment,
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKFLOW: run.name,
    GITHUB_JOB: plan.id,
    GITHUB_SHA: sha,
    GITHUB_REF_NAME: run.headBranch,
    GITHUB_EVENT_NAME: run.event,
    GITHUB_REPOSITORY: fullName(repository),
    GITHUB_RUN_ID: String(run.id),
    RUNNER_OS: 'Linux',
  }
  return { repository, job, plan, sha, env }
}
