import { event } from '#domain/event.ts'
import type { WorkflowProblem } from '#domain/workflow-problem.ts'
import type { Workflow } from '#domain/workflow.ts'

import type { Reference } from './expression-syntax.ts'

/** What an expression can see from where it stands. */
export interface Scope {
  readonly jobs: Workflow['jobs']
  readonly needs: readonly string[]
  /** The steps before it and what each hands on (null: not known); null where there are no steps to see. */
  readonly steps: ReadonlyMap<string, readonly string[] | null> | null
}

type Wrong = Omit<WorkflowProblem, 'path'>

/** What is wrong about one reference, or null. A part that is only known at run time is not judged. */
export function checkReference(reference: Reference, scope: Scope): Wrong | null {
  const [context, ...way] = reference
  if (context === 'needs') return checkNeed(way, scope)
  if (context === 'steps') return checkStep(way, scope)
  return context === 'event' ? checkEvent(way) : null
}

/** Of a phase: what Actions knows, and why it failed. */
const phaseFields = ['result', 'outputs', 'reason', 'detail']

function checkNeed([phase, field, output]: Reference, { jobs, needs }: Scope): Wrong | null {
  if (phase === undefined || phase === null) return checkField(field, phaseFields)
  if (!Object.hasOwn(jobs, phase)) return unknown(`phase "${phase}"`, Object.keys(jobs))
  if (!needs.includes(phase)) {
    return {
      problem: `The result of phase "${phase}" is not known here`,
      remedy: `Add "${phase}" to the "needs" of this phase.`,
    }
  }
  const outputs = Object.keys(jobs[phase]?.outputs ?? {})
  return checkField(field, phaseFields) ?? checkOutput(output, { of: phase, outputs })
}

function checkStep([step, field, output]: Reference, { steps }: Scope): Wrong | null {
  if (steps === null) {
    return {
      problem: 'The steps of a phase are not known here',
      remedy: 'Hand the value on under the "outputs" of the phase and ask "needs" for it.',
    }
  }
  if (step === undefined || step === null) return checkField(field, ['outcome', 'outputs'])
  const outputs = steps.get(step)
  if (outputs === undefined) return unknown(`step "${step}" before this one`, [...steps.keys()])
  return checkField(field, ['outcome', 'outputs']) ?? checkOutput(output, { of: step, outputs })
}

function checkEvent([field]: Reference): Wrong | null {
  const fields = event.options.flatMap(({ shape }) => Object.keys(shape))
  if (field === undefined || field === null || fields.includes(field)) return null
  return unknown(`"${field}" in any event`, fields)
}

function checkField(field: Reference[number] | undefined, known: readonly string[]): Wrong | null {
  if (field === undefined || field === null || known.includes(field)) return null
  return unknown(`"${field}" here`, known)
}

function checkOutput(
  output: Reference[number] | undefined,
  { of, outputs }: { readonly of: string; readonly outputs: readonly string[] | null },
): Wrong | null {
  if (output === undefined || output === null || outputs === null) return null
  if (outputs.includes(output)) return null
  return {
    problem: `"${of}" hands on no "${output}"`,
    remedy: outputs.length === 0 ? 'It hands on nothing.' : `It hands on: ${outputs.join(', ')}.`,
  }
}

function unknown(what: string, known: readonly string[]): Wrong {
  return {
    problem: `There is no ${what}`,
    remedy: known.length === 0 ? 'There is none to ask.' : `Known are: ${known.join(', ')}.`,
  }
}
