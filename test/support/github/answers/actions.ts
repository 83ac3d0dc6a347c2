import type { Job, WorkflowRun } from '../checks-state.ts'
import { commitOrNull } from '../git/commits.ts'
import { type House, nodeId, pageUrl, repositoryUrl, time, timeOrNull } from '../house.ts'
import type { Repository } from '../state.ts'
import { userAnswer } from './accounts.ts'
import { checkRunUrl, pullsAt } from './checks.ts'
import { headCommitAnswer } from './commits.ts'
import { repositoryAnswer } from './repositories.ts'

/** GitHub's `workflow-run`. */
export async function workflowRunAnswer(house: House, repository: Repository, run: WorkflowRun) {
  const url = runUrl(house, repository, run)
  const commit = await commitOrNull(repository.directory, run.headSha)
  const shown = repositoryAnswer(house, repository)
  const actor = userAnswer(house, run.actor)
  return {
    id: run.id,
    name: run.name,
    node_id: nodeId('WFR', run.id),
    head_branch: run.headBranch,
    head_sha: run.headSha,
    path: run.path,
    display_title: run.title,
    run_number: run.number,
    event: run.event,
    status: run.status,
    conclusion: run.conclusion,
    workflow_id: run.workflowId,
    check_suite_id: run.suite.id,
    check_suite_node_id: nodeId('CS', run.suite.id),
    url,
    html_url: `${pageUrl(house, repository)}/actions/runs/${run.id}`,
    pull_requests: pullsAt(house, repository, run.headSha),
    created_at: time(run.createdAt),
    updated_at: time(run.updatedAt),
    actor,
    run_attempt: run.attempt,
    referenced_workflows: [],
    run_started_at: time(run.startedAt),
    triggering_actor: actor,
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: `${repositoryUrl(house, repository)}/check-suites/${run.suite.id}`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    previous_attempt_url: run.attempt > 1 ? `${url}/attempts/${run.attempt - 1}` : null,
    workflow_url: `${repositoryUrl(house, repository)}/actions/workflows/${run.workflowId}`,
    head_commit: commit === null ? null : headCommitAnswer(commit),
    repository: shown,
    head_repository: shown,
  }
}

/** GitHub's `workflow`, as webhooks carry it. */
export function workflowAnswer(house: House, repository: Repository, run: WorkflowRun) {
  const page = pageUrl(house, repository)
  return {
    id: run.workflowId,
    node_id: nodeId('W', run.workflowId),
    name: run.name,
    path: run.path,
    state: 'active',
    created_at: time(repository.createdAt),
    updated_at: time(repository.createdAt),
    url: `${repositoryUrl(house, repository)}/actions/workflows/${run.workflowId}`,
    html_url: `${page}/blob/${repository.defaultBranch}/${run.path}`,
    badge_url: `${page}/workflows/${encodeURIComponent(run.name)}/badge.svg`,
  }
}

interface JobOf {
  readonly run: WorkflowRun
  readonly job: Job
}

/** GitHub's `job`. */
export function jobAnswer(house: House, repository: Repository, { run, job }: JobOf) {
  const check = job.run
  return {
    id: check.id,
    run_id: run.id,
    workflow_name: run.name,
    head_branch: run.headBranch,
    run_url: runUrl(house, repository, run),
    run_attempt: job.attempt,
    node_id: nodeId('CR', check.id),
    head_sha: run.headSha,
    url: `${repositoryUrl(house, repository)}/actions/jobs/${check.id}`,
    html_url: `${pageUrl(house, repository)}/actions/runs/${run.id}/job/${check.id}`,
    status: check.status,
    conclusion: check.conclusion,
    created_at: time(run.createdAt),
    started_at: time(check.startedAt ?? run.startedAt),
    completed_at: timeOrNull(check.completedAt),
    name: check.name,
    steps: job.steps.map((step, index) => ({
      name: step.name,
      status: step.status,
      conclusion: step.conclusion,
      number: index + 1,
      started_at: timeOrNull(step.startedAt),
      completed_at: timeOrNull(step.completedAt),
    })),
    check_run_url: checkRunUrl(house, repository, check),
    labels: ['ubuntu-latest'],
    runner_id: 1,
    runner_name: 'GitHub Actions 1',
    runner_group_id: 0,
    runner_group_name: 'GitHub Actions',
  }
}

function runUrl(house: House, repository: Repository, { id }: WorkflowRun): string {
  return `${repositoryUrl(house, repository)}/actions/runs/${id}`
}
