import type { WorkflowProblem } from '#domain/workflow-problem.ts'
import {
  type PhaseDefinition,
  type StepDefinition,
  stepIdOf,
  type Workflow,
} from '#domain/workflow.ts'

import type { Scope } from './check-reference.ts'
import type { KnownKinds } from './check-steps.ts'

/** A text of the workflow that is evaluated, and what it can see from there. */
export interface ExpressionPlace {
  readonly path: WorkflowProblem['path']
  readonly text: string
  /** True where only what stands in `${{ }}` is an expression. */
  readonly template: boolean
  readonly scope: Scope
}

/** Every text of the workflow that is evaluated. */
export function expressionsIn(workflow: Workflow, kinds: KnownKinds): readonly ExpressionPlace[] {
  const phases = Object.entries(workflow.jobs).flatMap(([key, phase]) => {
    const scope = { jobs: workflow.jobs, needs: phase.needs, steps: null }
    return [
      ...condition(['jobs', key, 'if'], { text: phase.if, scope }),
      ...inSteps(['jobs', key, 'steps'], { phase, scope, kinds }),
      ...inOutputs(['jobs', key, 'outputs'], { phase, scope, kinds }),
    ]
  })
  return [...phases, ...inCriteria(workflow), ...inAgain(workflow)]
}

interface Around {
  readonly phase: PhaseDefinition
  readonly scope: Scope
  readonly kinds: KnownKinds
}

function inSteps(path: WorkflowProblem['path'], around: Around): readonly ExpressionPlace[] {
  const { phase, kinds } = around
  return phase.steps.flatMap((step, at) => {
    const scope = { ...around.scope, steps: outputsOf(phase.steps.slice(0, at), kinds) }
    return [
      ...condition([...path, at, 'if'], { text: step.if, scope }),
      ...Object.entries(step.with).flatMap(([key, value]) =>
        templates([...path, at, 'with', key], { value, scope }),
      ),
    ]
  })
}

function inOutputs(
  path: WorkflowProblem['path'],
  { phase, scope, kinds }: Around,
): readonly ExpressionPlace[] {
  const steps = outputsOf(phase.steps, kinds)
  return Object.entries(phase.outputs).flatMap(([key, value]) =>
    templates([...path, key], { value, scope: { ...scope, steps } }),
  )
}

/** A criterion sees how every phase ended. */
function inCriteria({ goal, jobs }: Workflow): readonly ExpressionPlace[] {
  const scope = { jobs, needs: Object.keys(jobs), steps: null }
  return goal.criteria.flatMap(({ met }, at) =>
    condition(['goal', 'criteria', at, 'met'], { text: met, scope }),
  )
}

function inAgain({ again, jobs }: Workflow): readonly ExpressionPlace[] {
  const scope = { jobs, needs: Object.keys(jobs), steps: null }
  return again === undefined ? [] : templates(['again'], { value: again, scope })
}

function condition(
  path: WorkflowProblem['path'],
  { text, scope }: { readonly text: string | undefined; readonly scope: Scope },
): readonly ExpressionPlace[] {
  return text === undefined ? [] : [{ path, text, template: false, scope }]
}

function templates(
  path: WorkflowProblem['path'],
  { value, scope }: { readonly value: StepDefinition['with'][string]; readonly scope: Scope },
): readonly ExpressionPlace[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, at) => templates([...path, at], { value: item, scope }))
  }
  return typeof value === 'string' ? [{ path, text: value, template: true, scope }] : []
}

/** Step → what it hands on for sure: whatever its kind and all its alternatives do; null when a kind is unknown. */
function outputsOf(
  steps: readonly StepDefinition[],
  kinds: KnownKinds,
): NonNullable<Scope['steps']> {
  return new Map(
    steps.map((step, at) => {
      const handed = [step.uses, ...step.alternatives].map((name) =>
        Object.hasOwn(kinds, name) ? (kinds[name]?.outputs ?? null) : null,
      )
      const [first = null, ...others] = handed
      const sure = first?.filter((name) => others.every((names) => names?.includes(name) ?? true))
      return [stepIdOf(step, at), sure ?? null]
    }),
  )
}
