import { z } from 'zod'

import type { Outcome } from '#domain/outcome.ts'
import { fixForwardNote, waitingForFixNote } from '#messages/culprit-report.ts'
import { arbitrate, type Forward } from '#policy/arbiter.ts'
import type { Proposals } from '#ports/proposals.ts'
import type { Repairs } from '#ports/repairs.ts'
import type { StepContext, StepKind } from '#ports/step.ts'
import type { Clock } from '#ports/world.ts'

import { newsTopic } from './await-checks.ts'
import { hostedOf } from './hosted-run.ts'
import { type StandingPorts, standsDown, stoodDown } from './still-wanted.ts'

interface Ports extends StandingPorts {
  readonly proposals: Pick<Proposals, 'forBase'>
  readonly repairs: Pick<Repairs, 'take'>
  readonly clock: Clock
}

const input = z.strictObject({ 'patience-minutes': z.number().nonnegative() })
type Input = z.infer<typeof input>

/** Fix or revert: waits for a green fix as long as one may take, then lets the revert be proposed. */
export function arbitrateStep(ports: Ports): StepKind<Input> {
  return {
    name: 'arbitrate',
    input,
    outputs: [],
    sideEffect: 'none',
    run: (input, context) => decide(ports, input, context),
  }
}

async function decide(ports: Ports, input: Input, context: StepContext): Promise<Outcome> {
  const held = await listen(ports, context)
  if (held !== null) return held
  const ruling = arbitrate({
    over: await standsDown(ports, context, null),
    fixes: await fixesOf(ports, context),
    redSince: redSinceOf(context),
    now: ports.clock.now(),
    patienceMinutes: input['patience-minutes'],
  })
  switch (ruling.kind) {
    case 'stand-down':
      return stoodDown(ruling.because)
    case 'fix-forward':
      context.note(fixForwardNote(ruling.number))
      return { kind: 'failed', reason: 'fixed-forward', detail: `#${ruling.number}` }
    case 'wait':
      context.note(waitingForFixNote(ruling.ms))
      return { kind: 'wait', topic: newsTopic, timeoutMs: ruling.ms, resumes: true }
    case 'revert':
      return { kind: 'done', outputs: {} }
  }
}

/** On record as busy with this branch: so news of it wakes this run, and a later commit's run takes its place. */
async function listen({ repairs }: Ports, context: StepContext): Promise<Outcome | null> {
  const { repository, branch, headSha } = hostedOf(context)
  const taking = await repairs.take({
    repository: repository.id,
    failure: `who turned ${branch} red`,
    taskId: context.event.taskId,
    runId: context.runId,
    branch,
    headSha,
    round: 1,
  })
  if (taking.kind !== 'held') return null
  return { kind: 'failed', reason: 'being-repaired', detail: taking.by }
}

function redSinceOf({ event, startedAt }: StepContext): Date {
  return event.kind === 'culprit-wanted' ? new Date(event.redSince) : startedAt
}

async function fixesOf(
  { proposals, pullRequests, checkRuns }: Ports,
  context: StepContext,
): Promise<readonly Forward[]> {
  const { repository, branch } = hostedOf(context)
  const fixes: Forward[] = []
  for (const { number } of await proposals.forBase(repository.id, branch)) {
    const { state, headSha } = await pullRequests.look(repository, number)
    if (state !== 'open') continue
    const { kind: verdict } = await checkRuns.verdict(repository, headSha)
    fixes.push({ number, verdict })
  }
  return fixes
}
