import type { WorkflowRun } from './checks-state.ts'
import type { Deployment } from './deployments-state.ts'
import { type House, nextId } from './house.ts'
import { Refusal } from './refusal.ts'
import type { Account, App, Repository } from './state.ts'
import { announceProtection } from './webhooks/announce.ts'

/** Custom rules before environments, and what apps were asked about runs that wait there. */
export interface Protection {
  /** By the name of the environment: the app that has to agree. */
  readonly rules: Map<string, App>
  readonly asked: AskedWord[]
}

interface AskedWord {
  readonly run: WorkflowRun
  readonly attempt: number
  readonly environment: string
  readonly app: App
  state: 'approved' | 'rejected' | null
  /** Every comment that came, the oldest first. */
  readonly comments: string[]
  /** Goes on with the run. */
  readonly resume: () => void
}

interface Waiting {
  readonly run: WorkflowRun
  readonly environment: string | null
  readonly by: Account
  readonly resume: () => void
}

/** Whether a job may begin; asks the app the first time. One word is for all jobs of a run's attempt in an environment. */
export function wordOn(
  house: House,
  repository: Repository,
  { run, environment, by, resume }: Waiting,
): 'approved' | 'rejected' | 'waits' {
  const app = environment === null ? undefined : repository.protection.rules.get(environment)
  if (environment === null || app === undefined) return 'approved'
  const { asked } = repository.protection
  const known = asked.find(
    (one) => one.run === run && one.attempt === run.attempt && one.environment === environment,
  )
  if (known !== undefined) return known.state ?? 'waits'
  const { attempt } = run
  asked.push({ run, attempt, environment, app, state: null, comments: [], resume })
  const deployment = newDeployment(house, { run, environment, by })
  repository.deployments.push(deployment)
  announceProtection(house, { repository, run, deployment, app, sender: by, action: 'requested' })
  return 'waits'
}

function newDeployment(
  house: House,
  { run, environment, by }: Pick<Waiting, 'run' | 'by'> & { readonly environment: string },
): Deployment {
  const now = house.now()
  return {
    id: nextId(house),
    sha: run.headSha,
    ref: run.headBranch,
    task: 'deploy',
    payload: {},
    originalEnvironment: environment,
    environment,
    description: null,
    transient: false,
    production: false,
    creator: by,
    app: house.actions,
    createdAt: now,
    updatedAt: now,
    statuses: [],
  }
}

interface Said {
  readonly run: WorkflowRun
  readonly app: App | null
  readonly environment: string
  /** null: a report, and no decision yet. */
  readonly state: 'approved' | 'rejected' | null
  readonly comment: string
}

/** GitHub's limit, by its documentation of custom rules. */
const mostReports = 10
const longestComment = 1024

/** An app's word about a run that waits; only the app that was asked has one, and has it once. */
export function say({ protection }: Repository, said: Said): void {
  const { run, app, environment, state, comment } = said
  const open = protection.asked.findLast(
    (one) =>
      one.run === run && one.app === app && one.environment === environment && one.state === null,
  )
  if (open === undefined) throw new Refusal(422, 'There is no pending deployment to review')
  if (comment.length > longestComment) throw new Refusal(422, 'The comment is too long')
  if (state === null && open.comments.length >= mostReports)
    throw new Refusal(422, 'There are too many status reports')
  open.comments.push(comment)
  if (state === null) return
  open.state = state
  open.resume()
}
