import type { Json } from '#domain/outcome.ts'
import type { StepDefinition } from '#domain/workflow.ts'
import type { StepContext } from '#ports/step.ts'

import { evaluateCondition, interpolate } from './expressions.ts'
import type { PhaseLife } from './interpret-phase-life.ts'
import type { StepEnd, Trial } from './interpret-records.ts'
import { messageOf, tryStep } from './interpret-trial.ts'

export type StepAnswer =
  | { readonly kind: 'ended'; readonly end: StepEnd }
  | {
      readonly kind: 'wait'
      readonly topic: string
      readonly timeoutMs: number
      readonly resumes?: boolean
    }

export interface StepCall {
  readonly id: string
  readonly definition: StepDefinition
  /** What ended the step's wait, undefined when it did not wait. */
  readonly message?: Json
  /** What to call it with, in place of the definition's `with`. */
  readonly input?: Json
}

/** One step of a phase: condition, inputs, tries and alternatives. Never throws for what the step did. */
export async function interpretStep(life: PhaseLife, call: StepCall): Promise<StepAnswer> {
  const prepared = prepare(life, call)
  if (prepared.kind === 'ended') return prepared
  const { uses, alternatives } = call.definition
  let last: Trial['end'] = { kind: 'threw', message: 'The step was not tried.' }
  for (const kind of [uses, ...alternatives]) {
    last = await tryUntilAnswered(life, call, { uses: kind, input: prepared.input })
    if (last.kind === 'wait') return last
    if (last.kind === 'done') break
  }
  return { kind: 'ended', end: endOf(last, prepared.input) }
}

function prepare(
  life: PhaseLife,
  { definition, input }: StepCall,
): { readonly kind: 'call'; readonly input: Json } | Extract<StepAnswer, { kind: 'ended' }> {
  try {
    const context = life.context()
    if (!evaluateCondition(definition.if, context)) return { kind: 'ended', end: skipped }
    return { kind: 'call', input: input ?? interpolate(definition.with, context) }
  } catch (error) {
    const detail = messageOf(error)
    return {
      kind: 'ended',
      end: { ...skipped, result: 'failure', reason: 'configuration-invalid', detail },
    }
  }
}

const skipped: StepEnd = {
  result: 'skipped',
  outputs: {},
  reason: null,
  detail: null,
  called: null,
}

/** Thrown errors are tried again after a pause that doubles (K48); an answer never is. */
async function tryUntilAnswered(
  life: PhaseLife,
  call: StepCall,
  of: { readonly uses: string; readonly input: Json },
): Promise<Trial['end']> {
  const { attempts = 1, 'initial-delay-seconds': delay = 1 } = call.definition.retry ?? {}
  for (let attempt = 1; ; attempt += 1) {
    const { end } = await tryDurably(life, call, of)
    if (end.kind !== 'threw' || attempt >= attempts) return end
    await life.durable.sleep(delay * 1000 * 2 ** (attempt - 1))
  }
}

/** One try, recorded. Its name holds all that tells it from other tries, so a replay finds its own record. */
async function tryDurably(
  life: PhaseLife,
  call: StepCall,
  { uses, input }: { readonly uses: string; readonly input: Json },
): Promise<Trial> {
  const number = life.nextAttempt(call.id)
  const suffix = number === 1 ? '' : `#${number}`
  const trial = await life.durable.step(`${life.phase}/${call.id}${suffix}`, async (signal) => {
    const startedAt = life.began({ id: call.id, name: call.definition.name ?? uses, number })
    const timeoutMs = life.remainingMs(call.definition['timeout-minutes'] ?? null, startedAt)
    const context = contextOf(life, call, number)
    const kind = life.world.kinds[uses]
    const end = await tryStep({ kind, uses, input, context, timeoutMs }, signal)
    return { end, startedAt, finishedAt: life.world.clock.now().toISOString() }
  })
  life.tried({ id: call.id, number }, trial)
  return trial
}

function contextOf(life: PhaseLife, call: StepCall, attempt: number): Omit<StepContext, 'signal'> {
  const { runId, phase, event, startedAt } = life.input
  return {
    runId,
    phase,
    step: call.id,
    attempt,
    event,
    startedAt: new Date(startedAt),
    ...(call.message !== undefined && { message: call.message }),
    note(text) {
      life.tell({ kind: 'note', phase, step: call.id, text })
    },
  }
}

function endOf(end: Exclude<Trial['end'], { kind: 'wait' }>, called: Json): StepEnd {
  switch (end.kind) {
    case 'done':
      return { result: 'success', outputs: end.outputs, reason: null, detail: null, called }
    case 'failed':
      return { result: 'failure', outputs: {}, reason: end.reason, detail: end.detail, called }
    case 'threw':
      return { result: 'failure', outputs: {}, reason: null, detail: end.message, called }
  }
}
