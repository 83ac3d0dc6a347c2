import { z } from 'zod'

import { type DeployFacts, deployEndedType } from '#domain/deploy-facts.ts'
import type { HostedRepository } from '#domain/hosted.ts'
import { failureReason, json, type Outcome } from '#domain/outcome.ts'
import { badReason, counts, unclearReason } from '#domain/watch.ts'
import { deployMarker, deployNotice } from '#messages/deploy.ts'
import { incidentBody, incidentTitle } from '#messages/incident-issue.ts'
import { deployEnd, isIncident } from '#policy/deploy-end.ts'
import type { Incidents } from '#ports/deployments.ts'
import type { Comments } from '#ports/hosting.ts'
import type { RunStore } from '#ports/run-store.ts'
import type { StepContext, StepKind } from '#ports/step.ts'

import { deployOf } from './deploy-run.ts'
import { endTurn, type TurnPorts } from './end-turn.ts'

export interface ConcludingPorts extends TurnPorts {
  readonly incidents: Incidents
  readonly comments: Pick<Comments, 'show'>
  readonly store: Pick<RunStore, 'append'>
}

const time = z.iso.datetime().nullable()
const verdict = z.enum(['pass', 'fail', 'inconclusive']).nullable()

const input = z.strictObject({
  /** Why a phase failed; null where none did. */
  reason: failureReason.nullable(),
  reasonDetail: z.string().nullable(),
  by: z.array(z.string()).nullable(),
  previous: z.string().nullable(),
  begunAt: time,
  liveAt: time,
  /** Where the deploy can be followed. */
  trace: z.string().nullable(),
  decidedAt: time,
  verdict,
  because: z.union([badReason, unclearReason]).nullable(),
  detail: z.string().nullable(),
  before: counts.nullable(),
  after: counts.nullable(),
  restored: verdict,
  restoredAt: time,
  revert: z.string().nullable(),
})
type Input = z.infer<typeof input>

/** Says how a deploy ended, where people look: on the pull request, and in an issue where something has to be done. */
export function concludeDeployment(ports: ConcludingPorts): StepKind<Input> {
  return {
    name: 'conclude-deployment',
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
  const facts = factsOf(input, context)
  const { repository } = deployOf(context)
  const incident = await tellEnd(ports, facts, { repository, key: context.runId })
  return { kind: 'done', outputs: { state: facts.state, incident } }
}

/** Puts the end on record and tells it; the number of the incident, where there is one. One issue for each `key`. */
export async function tellEnd(
  ports: ConcludingPorts,
  facts: DeployFacts,
  { repository, key }: { readonly repository: HostedRepository; readonly key: string },
): Promise<number | null> {
  const { runId, state, pull, environment } = facts
  await endTurn(ports, { runId, repository, environment, state })
  const data = json.parse(JSON.parse(JSON.stringify(facts)))
  await ports.store.append({ runId, key: 'facts/deploy-ended', type: deployEndedType, data })
  const told = { marker: deployMarker(facts), body: deployNotice(facts) }
  await ports.comments.show(repository, { issue: pull, ...told })
  if (!isIncident(state)) return null
  const { number } = await ports.incidents.open(repository, {
    key,
    title: incidentTitle(facts),
    body: incidentBody(facts),
    labels: ['incident', 'severity:high'],
  })
  // Of a deploy that had one already, this is what came after.
  if (key !== runId) await ports.comments.show(repository, { issue: number, ...told })
  return number
}

function factsOf(input: Input, context: StepContext): DeployFacts {
  const { environment, pull, title, sha } = deployOf(context)
  const { reason, verdict: judged, restored } = input
  const ended = { reason, hasBegun: input.by !== null, verdict: judged, restored }
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
    because: input.because,
    seen: { before: input.before, after: input.after, detail: input.detail ?? '' },
    by: input.by ?? [],
    previous: input.previous,
    trace: input.trace,
    times: {
      began: dateOf(input.begunAt),
      live: dateOf(input.liveAt),
      decided: dateOf(input.decidedAt),
      restored: dateOf(input.restoredAt),
    },
    revert: input.revert ?? '',
  }
}

function dateOf(text: string | null): Date | null {
  return text === null ? null : new Date(text)
}
