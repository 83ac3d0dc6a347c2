import { z } from 'zod'

import { failure } from '#domain/failure.ts'
import type { Outcome } from '#domain/outcome.ts'
import { mayTry } from '#policy/attempts.ts'
import { shapeOfFailure } from '#policy/offer.ts'
import type { Repairs, Taking } from '#ports/repairs.ts'
import type { StepContext, StepKind } from '#ports/step.ts'

import { hostedOf } from './hosted-run.ts'

interface Ports {
  readonly repairs: Pick<Repairs, 'spent' | 'take'>
}

const input = z.strictObject({ failures: z.array(failure) })
type Input = z.infer<typeof input>

/** I4, I5: one task at a time for a failure, and three tries that start by themselves. */
export function takeFailure(ports: Ports): StepKind<Input> {
  return {
    name: 'take-failure',
    input,
    outputs: [],
    sideEffect: 'none',
    run: (input, context) => take(ports, input, context),
  }
}

async function take(
  { repairs }: Ports,
  { failures }: Input,
  context: StepContext,
): Promise<Outcome> {
  const { repository, branch, headSha, asked, round } = hostedOf(context)
  const done: Outcome = { kind: 'done', outputs: {} }
  if (failures.length === 0) return round === null ? done : notSeenHere(round.failed)
  const shape = shapeOfFailure(failures)
  const spent = await repairs.spent(repository.id, shape)
  if (!mayTry({ spent, isAsked: asked !== null }))
    return { kind: 'failed', reason: 'tried-too-often', detail: '' }
  const { runId, event } = context
  const wanted = { failure: shape, taskId: event.taskId, runId, branch, headSha }
  const taking = await repairs.take({
    repository: repository.id,
    ...wanted,
    round: round?.number ?? 1,
  })
  return refusalOf(taking) ?? done
}

/** CI is red and nothing of it is red here: what cannot be reproduced cannot be proved. */
function notSeenHere(failed: readonly string[]): Outcome {
  return { kind: 'failed', reason: 'not-reproducible', detail: failed.join('\n') }
}

function refusalOf(taking: Taking): Outcome | null {
  switch (taking.kind) {
    case 'taken':
      return null
    case 'unchanged':
      return { kind: 'failed', reason: 'same-failure', detail: '' }
    case 'held':
      return { kind: 'failed', reason: 'being-repaired', detail: taking.by }
  }
}
