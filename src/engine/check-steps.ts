import type { WorkflowProblem } from '#domain/workflow-problem.ts'
import {
  type PhaseDefinition,
  type StepDefinition,
  stepIdOf,
  type Workflow,
} from '#domain/workflow.ts'
import type { StepKind } from '#ports/step.ts'

import { checkInput } from './check-input.ts'
import { checkProduction } from './check-production.ts'

/** What must be known about a step kind to check its calls. */
export type KnownKinds = Readonly<
  Record<
    string,
    Pick<StepKind, 'name' | 'outputs' | 'sideEffect' | 'input' | 'asksPeople' | 'undoes'>
  >
>

interface Call {
  readonly path: readonly (string | number)[]
  readonly id: string
  readonly step: StepDefinition
  readonly phase: PhaseDefinition
}

/** Step kinds that do not exist, ids used twice, wrong inputs, production without approval or way back. */
export function checkSteps(
  { jobs }: Pick<Workflow, 'jobs'>,
  kinds: KnownKinds,
): readonly WorkflowProblem[] {
  const calls = Object.entries(jobs).flatMap(([key, phase]) =>
    phase.steps.map((step, at): Call => ({
      path: ['jobs', key, 'steps', at],
      id: stepIdOf(step, at),
      step,
      phase,
    })),
  )
  const each = calls.flatMap((call) => [
    ...checkKinds(call, kinds),
    ...checkId(call),
    ...checkInputs(call, kinds),
  ])
  return [...each, ...checkProduction(jobs, kinds)]
}

function checkKinds({ path, step }: Call, kinds: KnownKinds): readonly WorkflowProblem[] {
  const named: readonly (readonly [readonly (string | number)[], string])[] = [
    [[...path, 'uses'], step.uses],
    ...step.alternatives.map((name, at) => [[...path, 'alternatives', at], name] as const),
    ...(step.compensation === undefined
      ? []
      : [[[...path, 'compensation'], step.compensation] as const]),
  ]
  return named.flatMap(([path, name]) =>
    Object.hasOwn(kinds, name)
      ? []
      : {
          path,
          problem: `There is no step "${name}"`,
          remedy: `Known steps: ${Object.keys(kinds).toSorted().join(', ')}.`,
        },
  )
}

function checkId({ path, id, step, phase }: Call): readonly WorkflowProblem[] {
  const first = phase.steps.find((other, at) => stepIdOf(other, at) === id)
  if (first === step) return []
  return [
    {
      path: [...path, step.id === undefined ? 'uses' : 'id'],
      problem: `Another step of this phase is called "${id}", too`,
      remedy: 'Give this one an "id" of its own.',
    },
  ]
}

/** An alternative gets what the step would have got. */
function checkInputs({ path, step }: Call, kinds: KnownKinds): readonly WorkflowProblem[] {
  return [step.uses, ...step.alternatives].flatMap((name) => {
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined
    return kind === undefined ? [] : checkInput({ path, given: step.with }, kind)
  })
}
