import { jobAnswer, workflowAnswer, workflowRunAnswer } from '../answers/actions.ts'
import { checkRunAnswer, checkSuiteAnswer, suiteInRun } from '../answers/checks.ts'
import { deploymentAnswer } from '../answers/deployments.ts'
import { commentAnswer, issueAnswer } from '../answers/issues.ts'
import { fullPullAnswer, type PullOf } from '../answers/pulls.ts'
import type { CheckRun, CheckSuite, Job, WorkflowRun } from '../checks-state.ts'
import type { Deployment } from '../deployments-state.ts'
import { type House, repositoryUrl } from '../house.ts'
import { factsOf } from '../pull-facts.ts'
import type { Account, App, Comment, Issue, Repository } from '../state.ts'

type Json = Readonly<Record<string, unknown>>

interface Happening {
  readonly repository: Repository
  readonly action: string
  readonly sender: Account
  /** What an action brings along: the label, the changes. */
  readonly also?: Json
}

export function announceIssue(house: House, at: Happening & { readonly issue: Issue }): void {
  tell(house, { ...at, name: 'issues' }, { issue: issueAnswer(house, at.repository, at.issue) })
}

interface CommentHappening extends Happening {
  readonly issue: Issue
  readonly comment: Comment
}

export function announceComment(house: House, at: CommentHappening): void {
  tell(
    house,
    { ...at, name: 'issue_comment' },
    {
      issue: issueAnswer(house, at.repository, at.issue),
      comment: commentAnswer(house, at),
    },
  )
}

type PullHappening = Omit<Happening, 'repository'> & { readonly of: PullOf }

export async function announcePull(house: House, at: PullHappening): Promise<void> {
  const { repository, issue } = at.of
  const pull_request = fullPullAnswer(house, at.of, await factsOf(at.of))
  const own = { number: issue.number, pull_request }
  tell(house, { ...at, repository, name: 'pull_request' }, own)
}

export function announceCheckRun(house: House, at: Happening & { readonly run: CheckRun }): void {
  const { repository, run, action } = at
  const check_run = {
    ...checkRunAnswer(house, repository, run),
    check_suite: suiteInRun(house, repository, run.suite),
  }
  const onlyFor = action === 'rerequested' ? run.suite.app : null
  tell(house, { ...at, name: 'check_run', onlyFor }, { check_run })
}

export async function announceSuite(
  house: House,
  at: Happening & { readonly suite: CheckSuite },
): Promise<void> {
  const { repository: _, ...check_suite } = await checkSuiteAnswer(house, at.repository, at.suite)
  const onlyFor = at.action === 'completed' ? null : at.suite.app
  tell(house, { ...at, name: 'check_suite', onlyFor }, { check_suite })
}

export async function announceWorkflowRun(
  house: House,
  at: Happening & { readonly run: WorkflowRun },
): Promise<void> {
  const { repository, run } = at
  tell(
    house,
    { ...at, name: 'workflow_run' },
    {
      workflow_run: await workflowRunAnswer(house, repository, run),
      workflow: workflowAnswer(house, repository, run),
    },
  )
}

interface ProtectionHappening extends Happening {
  readonly run: WorkflowRun
  readonly deployment: Deployment
  /** Whose rule it is. */
  readonly app: App
}

/** A job waits before an environment for the word of an app. */
export function announceProtection(house: House, at: ProtectionHappening): void {
  const { repository, run, deployment, app: onlyFor } = at
  const own = {
    environment: deployment.environment,
    event: run.event,
    sha: run.headSha,
    ref: `refs/heads/${run.headBranch}`,
    deployment_callback_url: `${repositoryUrl(house, repository)}/actions/runs/${run.id}/deployment_protection_rule`,
    deployment: deploymentAnswer(house, repository, deployment),
    pull_requests: [],
  }
  tell(house, { ...at, name: 'deployment_protection_rule', onlyFor }, own)
}

interface JobHappening extends Happening {
  readonly run: WorkflowRun
  readonly job: Job
}

export function announceJob(house: House, at: JobHappening): void {
  tell(
    house,
    { ...at, name: 'workflow_job' },
    { workflow_job: jobAnswer(house, at.repository, at) },
  )
}

interface Told extends Omit<Happening, 'action'> {
  readonly name: string
  /** null: this event has none. */
  readonly action: string | null
  readonly onlyFor?: App | null
}

/** Tells the apps; `own` is the event's own part. */
export function tell(house: House, of: Told, own: Json): void {
  const { name, repository, action, sender, also, onlyFor = null } = of
  house.send({ name, action, repository, sender, payload: { ...own, ...also }, onlyFor })
}
