import type { Outputs } from '#domain/outcome.ts'
import type { StepDefinition } from '#domain/workflow.ts'
import type { Program } from '#ports/durable.ts'

import { interpolate } from './expressions.ts'
import { PhaseLife } from './interpret-phase-life.ts'
import {
  asJson,
  phaseInput,
  type PhaseEnded,
  type PhaseResult,
  type StepEnd,
} from './interpret-records.ts'
import { interpretStep, type StepAnswer, type StepCall } from './interpret-step.ts'
import { messageOf } from './interpret-trial.ts'
import type { JournaledWorld } from './interpret-world.ts'

/** The program of a phase: its steps in order. A wait is handed back to the run, which waits without a queue slot. */
export function phaseProgram(world: JournaledWorld): Program {
  return async (durable, input) => {
    const life = new PhaseLife(world, durable, phaseInput.parse(input))
    const result = await interpretPhase(life)
    // The queue lets the next one in only after all of this one's records are in the store.
    await world.journal.flush()
    return asJson(result)
  }
}

async function interpretPhase(life: PhaseLife): Promise<PhaseResult> {
  for (const [index, definition] of life.input.definition.steps.entries()) {
    const id = stepId(definition, index)
    if (life.steps[id]) continue
    const answer = await enter(life, { id, definition })
    if (answer.kind === 'wait') return waiting(life, id, answer)
    if (answer.end.result === 'skipped') life.skipped(id)
    life.steps = { ...life.steps, [id]: answer.end }
  }
  const failed = Object.values(life.steps).find(({ result }) => result === 'failure')
  return failed ? fail(life, failed) : succeed(life)
}

/** A step without an id is named by its place. */
function stepId({ id }: Pick<StepDefinition, 'id'>, index: number): string {
  return id ?? `step-${index + 1}`
}

async function enter(life: PhaseLife, call: StepCall): Promise<StepAnswer> {
  const { resumption } = life.input
  if (resumption?.step !== call.id) return interpretStep(life, call)
  if (resumption.message !== null || resumption.resumes) {
    return interpretStep(life, { ...call, message: resumption.message })
  }
  const detail = 'Nobody answered in time.'
  const end: StepEnd = {
    result: 'failure',
    outputs: {},
    reason: 'timed-out',
    detail,
    called: null,
  }
  return { kind: 'ended', end }
}

function waiting(
  life: PhaseLife,
  step: string,
  { topic, timeoutMs, resumes = false }: Extract<StepAnswer, { kind: 'wait' }>,
): PhaseResult {
  const since = life.since ?? life.input.startedAt
  const { steps, tries } = life
  return { kind: 'waiting', topic, timeoutMs, resumes, step, steps, since, tries }
}

function succeed(life: PhaseLife): PhaseEnded {
  const { definition } = life.input
  try {
    const context = { ...life.context(), status: 'success' as const }
    const outputs: Outputs = Object.fromEntries(
      Object.entries(definition.outputs).map(([name, value]) => [
        name,
        interpolate(value, context),
      ]),
    )
    return end(life, { result: 'success', outputs, reason: null, detail: null, warned: false })
  } catch (error) {
    const detail = messageOf(error)
    const failure = { result: 'failure', outputs: {}, warned: false } as const
    return end(life, { ...failure, reason: 'configuration-invalid', detail })
  }
}

async function fail(life: PhaseLife, { reason, detail }: StepEnd): Promise<PhaseEnded> {
  const failure = { outputs: {}, reason, detail } as const
  switch (life.input.definition['on-failure']) {
    case 'continue':
      return end(life, { ...failure, result: 'success', warned: true })
    case 'rollback':
      await undo(life)
      return end(life, { ...failure, result: 'failure', warned: false })
    case 'escalate':
      life.audit('escalated', 'phase-escalated', { reason, detail })
      return end(life, { ...failure, result: 'failure', warned: false })
    case 'fail':
      return end(life, { ...failure, result: 'failure', warned: false })
  }
}

/** Undoes, last first, what was done; a compensation that fails is on record and does not stop the others. */
async function undo(life: PhaseLife): Promise<void> {
  for (const [index, definition] of [...life.input.definition.steps.entries()].toReversed()) {
    const id = stepId(definition, index)
    const done = life.steps[id]
    if (!definition.compensation || done?.result !== 'success') continue
    const input = typeof done.called === 'object' && done.called !== null ? done.called : {}
    const compensation = {
      ...definition,
      uses: definition.compensation,
      if: '${{ always() }}',
      with: {},
      alternatives: [],
    }
    await interpretStep(life, { id: `${id}-undo`, definition: compensation, input: asJson(input) })
  }
}

function end(life: PhaseLife, ended: Omit<PhaseEnded, 'kind'>): PhaseEnded {
  const { result, reason, detail } = ended
  life.audit('ended', 'phase-ended', { result, reason, detail })
  life.ended(result === 'success' ? 'succeeded' : 'failed')
  return { kind: 'ended', ...ended }
}
