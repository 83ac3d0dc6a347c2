import { z } from 'zod'

import { failure } from '#domain/failure.ts'
import type { Outcome } from '#domain/outcome.ts'
import { fixForwardNote, waitingForFixNote } from '#messages/culprit-report.ts'
import { arbitrate, type Forward } from '#policy/arbiter.ts'
import { shapeOfFailure } from '#policy/offer.ts'
import type { Proposals } from '#ports/proposals.ts'
import type { Repairs } from '#ports/repairs.ts'
import type { StepContext, StepKind } from '#ports/step.ts'
import type { Clock } from '#ports/world.ts'

import { newsTopic } from './await-checks.ts'
import { hostedOf } from './hosted-run.ts'
import { type StandingPorts, standsDown, stoodDown } from './still-wanted.ts'

interface Ports extends StandingPorts {
  readonly proposals: Pick<Proposals, 'of'>
  readonly repairs: Pick<Repairs, 'take'>
  readonly clock: Clock
}

const input = z.strictObject({
  failures: z.array(failure),
  'patience-minutes': z.number().nonnegative(),
})
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
    fixes: await fixesOf(ports, input, context),
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

/** Fixes of this very failure: another one's may be green because it began before this failure landed. */
async function fixesOf(
  { proposals, pullRequests, checkRuns }: Ports,
  { failures }: Input,
  context: StepContext,
): Promise<readonly Forward[]> {
  const { repository, branch } = hostedOf(context)
  const known = await proposals.of(repository.id, shapeOfFailure(failures))
  const fixes: Forward[] = []
  for (const { number, base, isSameFailure, givenUp } of known) {
    if (base !== branch || !isSameFailure || givenUp !== null) continue
    const { state, headSha } = await pullRequests.look(repository, number)
    if (state !== 'open') continue
    const { kind: verdict } = await checkRuns.verdict(repository, headSha)
    fixes.push({ number, verdict })
  }
  return fixes
}
