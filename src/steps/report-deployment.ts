import { z } from 'zod'

import { deployIn, reportedType } from '#domain/account.ts'
import { type DeployPlan, deployPlan, type DeployState } from '#domain/deploy.ts'
import type { Outcome } from '#domain/outcome.ts'
import { deployMarker, deployNotice } from '#messages/deploy.ts'
import { newsOfDeploy } from '#messages/news.ts'
import { reportBelow } from '#messages/task-report.ts'
import type { Accounts } from '#ports/accounts.ts'
import type { Comments } from '#ports/hosting.ts'
import type { Newsroom } from '#ports/news.ts'
import type { RunStore } from '#ports/run-store.ts'
import type { StepContext, StepKind } from '#ports/step.ts'

import { deployOf } from './deploy-run.ts'

interface Ports {
  readonly accounts: Accounts
  readonly comments: Pick<Comments, 'show'>
  readonly store: Pick<RunStore, 'append'>
  readonly newsroom: Newsroom
}

const input = z.strictObject({
  /** Null where it did not begin: nobody has to hear of that elsewhere. */
  plan: deployPlan.nullable(),
})
type Input = z.infer<typeof input>

/**
 * Puts the report and the timeline of the whole task below the notice of the deploy (S2-26, S2-47), and leaves word for
 * those who hear of it elsewhere.
 */
export function reportDeployment(ports: Ports): StepKind<Input> {
  return {
    name: 'report-deployment',
    input,
    outputs: [],
    sideEffect: 'external',
    run: (input, context) => report(ports, input, context),
  }
}

async function report(ports: Ports, { plan }: Input, context: StepContext): Promise<Outcome> {
  const { repository, pull } = deployOf(context)
  const { runId } = context
  const account = await ports.accounts.of(runId)
  const facts = account === null ? null : deployIn(account)
  if (account === null || facts === null) return { kind: 'done', outputs: {} }
  const body = reportBelow(deployNotice(facts), account)
  await ports.comments.show(repository, { issue: pull, marker: deployMarker(facts), body })
  const news = newsOfDeploy(account)
  if (news !== null && plan !== null && isTold(plan, facts.state)) await ports.newsroom.post(news)
  await ports.store.append({ runId, key: 'facts/deploy-reported', type: reportedType, data: {} })
  return { kind: 'done', outputs: {} }
}

function isTold({ notify }: DeployPlan, state: DeployState): boolean {
  return notify === 'always' || (notify === 'failures' && state !== 'verified')
}
