import type { Heard, IgnoredReason } from '#domain/heard.ts'
import { hubEvent, type HubEvent } from '#domain/hub-event.ts'

import { fromCheckRun } from './check-run.ts'
import { fromCheckSuite } from './check-suite.ts'
import { type Delivery, ignored, type Us } from './delivery.ts'
import { fromDeploymentProtectionRule } from './deployment-protection-rule.ts'
import { fromDeploymentStatus } from './deployment-status.ts'
import { fromInstallationRepositories } from './installation-repositories.ts'
import { fromInstallation } from './installation.ts'
import { fromIssueComment } from './issue-comment.ts'
import { fromIssues } from './issues.ts'
import { fromMergeGroup } from './merge-group.ts'
import { fromPullRequestReviewComment } from './pull-request-review-comment.ts'
import { fromPullRequestReview } from './pull-request-review.ts'
import { fromPullRequest } from './pull-request.ts'
import { fromPush } from './push.ts'
import { fromStatus } from './status.ts'
import type { Translation } from './translation.ts'
import { fromWorkflowRun } from './workflow-run.ts'

/** Every event of GitHub that can mean something to us. */
const translations: ReadonlyMap<string, Translation> = new Map([
  ['check_run', fromCheckRun],
  ['check_suite', fromCheckSuite],
  ['deployment_protection_rule', fromDeploymentProtectionRule],
  ['deployment_status', fromDeploymentStatus],
  ['installation', fromInstallation],
  ['installation_repositories', fromInstallationRepositories],
  ['issue_comment', fromIssueComment],
  ['issues', fromIssues],
  ['merge_group', fromMergeGroup],
  ['pull_request', fromPullRequest],
  ['pull_request_review', fromPullRequestReview],
  ['pull_request_review_comment', fromPullRequestReviewComment],
  ['push', fromPush],
  ['status', fromStatus],
  ['workflow_run', fromWorkflowRun],
])

/**
 * Why a delivery need not even be kept, or null. What cannot be read is kept, so that it is on record.
 * `payload` is asked for only where the name of the event leaves it open.
 */
export function needless(
  { name, us }: Pick<Delivery, 'name' | 'us'>,
  payload: () => unknown,
): IgnoredReason | null {
  if (!translations.has(name)) return 'unknown-event'
  const heard = translate({ id: 'at the door', name, us, payload: payload() })
  return heard.kind === 'ignored' && heard.because !== 'unreadable' ? heard.because : null
}

/** One delivery in our words. Never throws, whatever the payload is. */
export function translate(delivery: Delivery): Heard {
  const translation = translations.get(delivery.name)
  if (translation === undefined) return ignored('unknown-event')
  const heard = translation(delivery)
  if (heard.kind === 'ignored') return heard
  const kept = heard.events.filter((event) => !isOurOwnAct(event, delivery.us))
  if (kept.length === 0) return ignored('own-act')
  return kept.every((event) => hubEvent.safeParse(event).success)
    ? { kind: 'events', events: kept }
    : ignored('unreadable', 'not a commit, a branch or a name as GitHub has them')
}

/**
 * I14: what we do starts nothing. That the checks of our own commit ended is heard all the same, with us as the sender:
 * it starts nothing, and who waits for them waits for just this. So is a job that waits, whoever started it, and the end of a
 * workflow that we started.
 */
function isOurOwnAct(event: HubEvent, { login }: Us): boolean {
  const { kind, sender } = event
  const isRun = kind === 'deployment-reported' && event.environment === null
  const isHeard = kind === 'checks-completed' || kind === 'deploy-waits' || kind === 'merge-queued'
  return !isRun && !isHeard && sender.login.toLowerCase() === login?.toLowerCase()
}
