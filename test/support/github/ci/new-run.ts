import type { CheckRun, Job, WorkflowRun } from '../checks-state.ts'
import { fullName, type House, nextId } from '../house.ts'
import type { Account, Repository } from '../state.ts'
import { newSuite } from '../suites.ts'
import type { Trigger, Workflow, WorkflowJob } from './workflows.ts'

export interface Start extends Trigger {
  readonly repository: Repository
  readonly by: Account
  readonly title: string
  /** Where checks appear: what was pushed, or a pull request's head. */
  readonly headSha: string
  readonly headBranch: string
}

/** A workflow run with a suite of its own. */
export function newRun(house: House, start: Start, { path, name }: Workflow): WorkflowRun {
  const { repository, headSha, headBranch, by, event, title } = start
  const { workflowRuns } = repository.checks
  const before = workflowRuns.filter((one) => one.path === path)
  const suite = newSuite(house, repository, {
    app: house.actions,
    headSha,
    headBranch,
    before: null,
  })
  const now = house.now()
  const run: WorkflowRun = {
    id: nextId(house),
    workflowId: before[0]?.workflowId ?? nextId(house),
    number: before.length + 1,
    name,
    path,
    event,
    title,
    actor: by,
    suite,
    headSha,
    headBranch,
    createdAt: now,
    attempt: 1,
    startedAt: now,
    updatedAt: now,
    status: 'queued',
    conclusion: null,
    jobs: [],
  }
  workflowRuns.push(run)
  return run
}

export interface Planned {
  readonly repository: Repository
  readonly run: WorkflowRun
  readonly plan: WorkflowJob
}

/** A job and its check run, which share an id. */
export function newJob(house: House, { repository, run, plan }: Planned): Job {
  const check: CheckRun = {
    id: nextId(house),
    suite: run.suite,
    headSha: run.headSha,
    name: plan.name,
    externalId: `${run.id}-${plan.id}-${run.attempt}`,
    detailsUrl: null,
    status: 'queued',
    conclusion: null,
    startedAt: house.now(),
    completedAt: null,
    output: { title: null, summary: null, text: null },
    annotations: [],
  }
  check.detailsUrl = `${house.url}/${fullName(repository)}/actions/runs/${run.id}/job/${check.id}`
  repository.checks.runs.push(check)
  const steps = plan.steps.map(({ name }) => {
    const never = { conclusion: null, startedAt: null, completedAt: null }
    return { name, status: 'queued' as const, ...never }
  })
  const job: Job = { key: plan.id, run: check, attempt: run.attempt, steps, log: '' }
  run.jobs.push(job)
  return job
}
