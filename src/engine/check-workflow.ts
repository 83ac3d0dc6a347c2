import { event } from '#domain/event.ts'
import type { WorkflowProblem } from '#domain/workflow-problem.ts'
import type { Workflow } from '#domain/workflow.ts'

import { checkEstimates } from './check-estimates.ts'
import { checkExpressions } from './check-expressions.ts'
import { checkPhases } from './check-phases.ts'
import { checkSteps, type KnownKinds } from './check-steps.ts'

/**
 * Everything that can be known to be wrong before a run starts: unknown step kinds, events, needs and outputs, wrong
 * inputs, cycles, unreachable phases, an estimate over the deadline, production without approval or way back.
 * Pure; in the order of the rules, so that the cause stands before what follows from it.
 */
export function checkWorkflow(workflow: Workflow, kinds: KnownKinds): readonly WorkflowProblem[] {
  const phases = checkPhases(workflow)
  return [
    ...checkEvents(workflow),
    ...phases,
    ...checkSteps(workflow, kinds),
    ...checkExpressions(workflow, kinds),
    // Where phases wait for each other there is no path to measure.
    ...(phases.length === 0 ? checkEstimates(workflow) : []),
  ]
}

function checkEvents({ on }: Workflow): readonly WorkflowProblem[] {
  const known: readonly string[] = event.options.map(({ shape }) => shape.kind.value)
  return on.flatMap((name, at) =>
    known.includes(name)
      ? []
      : {
          path: ['on', at],
          problem: `Nothing ever happens that is called "${name}"`,
          remedy: `Known events: ${known.join(', ')}.`,
        },
  )
}
