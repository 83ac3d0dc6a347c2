import type { WorkflowProblem } from '#domain/workflow-problem.ts'
import { type StepDefinition, stepIdOf, type Workflow } from '#domain/workflow.ts'
import type { StepKind } from '#ports/step.ts'

type Kinds = Readonly<Record<string, Pick<StepKind, 'sideEffect' | 'asksPeople' | 'undoes'>>>
type Jobs = Workflow['jobs']

/**
 * S0-13, S0-16: whatever changes production can be undone, and somebody agreed to it. The way back is a compensation or
 * a step behind it; the agreement is the phase's approval or a step before it that asks people. A way back needs neither.
 */
export function checkProduction(jobs: Jobs, kinds: Kinds): readonly WorkflowProblem[] {
  return Object.entries(jobs).flatMap(([key, phase]) =>
    phase.steps.flatMap((step, at) => {
      const changing = namesOf(step).filter((name) => changesProduction(kindOf(kinds, name)))
      if (changing.length === 0) return []
      const path = ['jobs', key, 'steps', at, 'uses']
      const problem = `Step "${stepIdOf(step, at)}" changes production`
      const hasWayBack = changing.every((name) => isUndone(jobs, kinds, { key, name }))
      return [
        ...(step.compensation === undefined && !hasWayBack ? [noWayBack(path, problem)] : []),
        ...(phase.approval === undefined && !isAsked(jobs, kinds, key)
          ? [notApproved(path, problem)]
          : []),
      ]
    }),
  )
}

function noWayBack(path: WorkflowProblem['path'], problem: string): WorkflowProblem {
  return {
    path,
    problem: `${problem} and nothing undoes it`,
    remedy: 'Name the step that does under "compensation".',
  }
}

function notApproved(path: WorkflowProblem['path'], problem: string): WorkflowProblem {
  return {
    path,
    problem: `${problem} without approval`,
    remedy: 'Give its phase an "approval" with an "environment" and "timeout-minutes".',
  }
}

function kindOf(kinds: Kinds, name: string): Kinds[string] | undefined {
  return Object.hasOwn(kinds, name) ? kinds[name] : undefined
}

function changesProduction(kind: Kinds[string] | undefined): boolean {
  return kind?.sideEffect === 'production' && kind.undoes === undefined
}

function namesOf({ uses, alternatives }: StepDefinition): readonly string[] {
  return [uses, ...alternatives]
}

function isUndone(jobs: Jobs, kinds: Kinds, of: { key: string; name: string }): boolean {
  return Object.entries(jobs).some(
    ([key, { steps }]) =>
      before(jobs, key).has(of.key) &&
      steps.some(({ uses }) => kindOf(kinds, uses)?.undoes === of.name),
  )
}

function isAsked(jobs: Jobs, kinds: Kinds, key: string): boolean {
  return [...before(jobs, key)].some((one) =>
    jobs[one]?.steps.some(({ uses }) => kindOf(kinds, uses)?.asksPeople === true),
  )
}

/** All phases that come before one, however far; a circle is somebody else's complaint. */
function before(jobs: Jobs, key: string): ReadonlySet<string> {
  const found = new Set<string>()
  const open = [...(jobs[key]?.needs ?? [])]
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    if (found.has(one)) continue
    found.add(one)
    open.push(...(jobs[one]?.needs ?? []))
  }
  return found
}
