import { z } from 'zod'

import { deployIn, reportedType } from '#domain/account.ts'
import type { Outcome } from '#domain/outcome.ts'
import { deployMarker, deployNotice } from '#messages/deploy.ts'
import { reportBelow } from '#messages/task-report.ts'
import type { Accounts } from '#ports/accounts.ts'
import type { Comments } from '#ports/hosting.ts'
import type { RunStore } from '#ports/run-store.ts'
import type { StepContext, StepKind } from '#ports/step.ts'

import { deployOf } from './deploy-run.ts'

interface Ports {
  readonly accounts: Accounts
  readonly comments: Pick<Comments, 'show'>
  readonly store: Pick<RunStore, 'append'>
}

const input = z.strictObject({})

/** Puts the report and the timeline of the whole task below the notice of the deploy (S2-26, S2-47). */
export function reportDeployment(ports: Ports): StepKind<z.infer<typeof input>> {
  return {
    name: 'report-deployment',
    input,
    outputs: [],
    sideEffect: 'external',
    run: (_input, context) => report(ports, context),
  }
}

async function report(ports: Ports, context: StepContext): Promise<Outcome> {
  const { repository, pull } = deployOf(context)
  const { runId } = context
  const account = await ports.accounts.of(runId)
  const facts = account === null ? null : deployIn(account)
  if (account === null || facts === null) return { kind: 'done', outputs: {} }
  const body = reportBelow(deployNotice(facts), account)
  await ports.comments.show(repository, { issue: pull, marker: deployMarker(facts), body })
  await ports.store.append({ runId, key: 'facts/deploy-reported', type: reportedType, data: {} })
  return { kind: 'done', outputs: {} }
}
