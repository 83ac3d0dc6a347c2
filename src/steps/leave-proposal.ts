import type { z } from 'zod'

import type { FailureReason } from '#domain/outcome.ts'
import type { FixReport } from '#domain/report.ts'
import { endingOf } from '#messages/proposal-ending.ts'
import { pullRequestBody } from '#messages/pull-request.ts'
import type { Claims } from '#ports/claims.ts'
import type { Comments, PullRequests } from '#ports/hosting.ts'
import type { Proposals } from '#ports/proposals.ts'
import type { StepContext } from '#ports/step.ts'

import type { verdictOfChecks } from './await-checks.ts'
import { hostedOf, isAboutBug } from './hosted-run.ts'
import { sayTakenOver } from './say-taken-over.ts'

export interface LeavingPorts {
  readonly pullRequests: Pick<PullRequests, 'advance'>
  readonly comments: Pick<Comments, 'show'>
  readonly proposals: Pick<Proposals, 'giveUp'>
  readonly claims: Pick<Claims, 'take'>
}

interface Leaving {
  readonly proposed: { readonly number: number }
  readonly reports: readonly [...FixReport[], FixReport]
  readonly verdict: z.infer<typeof verdictOfChecks> | null
}

/** What a pull request of ours says when its task is over: nothing where it is ready, why where it is left to a human. */
export async function leaveProposal(
  ports: LeavingPorts,
  { proposed, reports, verdict }: Leaving,
  context: StepContext,
): Promise<void> {
  const { repository, asked } = hostedOf(context)
  const { number } = proposed
  const reason = reports.at(-1)?.reason ?? null
  if (reason === 'taken-over')
    return await sayTakenOver(ports, { repository, number, teller: context.runId })
  if (reason === 'proposal-closed' || verdict === 'merged')
    return await ports.proposals.giveUp(repository.id, number, goneAs(reason))
  const ending = endingOf(reason, verdict)
  if (ending === null) return
  const closes = asked?.issue ?? null
  const isBug = isAboutBug(context)
  const body = pullRequestBody(reports, { ending, closes, isBug })
  await ports.pullRequests.advance(repository, number, { body, labels: ['needs-human'] })
}

function goneAs(reason: FailureReason | null): 'closed' | 'merged' {
  return reason === 'proposal-closed' ? 'closed' : 'merged'
}
