import { z } from 'zod'

import type { DeployFacts } from '#domain/deploy-facts.ts'
import { deployState, rollbackRefusal } from '#domain/deploy.ts'
import { failureReason, type Outcome } from '#domain/outcome.ts'
import { takeBackMarker, takeBackRefused } from '#messages/take-back.ts'
import { deployEnd, isIncident } from '#policy/deploy-end.ts'
import type { StepContext, StepKind } from '#ports/step.ts'

import { type ConcludingPorts, tellEnd } from './conclude-deployment.ts'
import { deployOf, rollbackOf } from './deploy-run.ts'
import { endTurn } from './end-turn.ts'

const input = z.strictObject({
  /** Why a phase failed; null where none did. */
  reason: failureReason.nullable(),
  reasonDetail: z.string().nullable(),
  /** What was brought back; null where it did not come to that. */
  previous: z.string().nullable(),
  /** How the deploy that is taken back had ended. */
  was: deployState.nullable(),
  restored: z.enum(['pass', 'fail', 'inconclusive']).nullable(),
  restoredAt: z.iso.datetime().nullable(),
  revert: z.string().nullable(),
})
type Input = z.infer<typeof input>

/** Says how a rollback that a person asked for ended, in the same places as one that nobody had to ask for. */
export function concludeRollback(ports: ConcludingPorts): StepKind<Input> {
  return {
    name: 'conclude-rollback',
    input,
    outputs: ['state', 'incident'],
    sideEffect: 'external',
    run: (input, context) => conclude(ports, input, context),
  }
}

async function conclude(
  ports: ConcludingPorts,
  input: Input,
  context: StepContext,
): Promise<Outcome> {
  const { previous, was } = input
  if (previous === null) return await tellRefused(ports, input, context)
  const { run } = rollbackOf(context)
  const facts = factsOf(input, previous, context)
  const key = was !== null && isIncident(was) ? run : context.runId
  const { repository } = deployOf(context)
  const incident = await tellEnd(ports, facts, { repository, key })
  return { kind: 'done', outputs: { state: facts.state, incident } }
}

/** Nothing became of it, and so it is no fact about the deploy. */
async function tellRefused(
  ports: ConcludingPorts,
  { reasonDetail }: Input,
  context: StepContext,
): Promise<Outcome> {
  const { repository, environment, pull } = deployOf(context)
  const { by } = rollbackOf(context)
  await endTurn(ports, { runId: context.runId, repository, environment, state: 'refused' })
  const because = rollbackRefusal.safeParse(reasonDetail).data ?? 'turn-lost'
  const marker = takeBackMarker(context.runId)
  const body = `${marker}\n${takeBackRefused(because, environment, by)}`
  await ports.comments.show(repository, { issue: pull, marker, body })
  return { kind: 'done', outputs: { state: 'refused', incident: null } }
}

function factsOf(input: Input, previous: string, context: StepContext): DeployFacts {
  const { environment, pull, title, sha } = deployOf(context)
  const { by, reason: said, askedAt } = rollbackOf(context)
  const { reason, restored, restoredAt } = input
  const ended = { reason, hasBegun: true, verdict: 'fail' as const, restored }
  return {
    environment,
    pull,
    title,
    sha,
    runId: context.runId,
    taskId: context.event.taskId,
    state: deployEnd(ended),
    reason,
    reasonDetail: input.reasonDetail,
    because: 'asked-for',
    seen: { before: null, after: null, detail: said === null ? by : `${by}: ${said}` },
    by: [],
    previous,
    trace: null,
    times: {
      began: null,
      live: null,
      decided: new Date(askedAt),
      restored: restoredAt === null ? null : new Date(restoredAt),
    },
    revert: input.revert ?? '',
  }
}
