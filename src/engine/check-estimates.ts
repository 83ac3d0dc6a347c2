import type { WorkflowProblem } from '#domain/workflow-problem.ts'
import type { Workflow } from '#domain/workflow.ts'

import { planPhases } from './plan.ts'

/** The plan must fit its deadline, and a phase its own time limit; waiting for people does not count (S0-23, K3, K14). */
export function checkEstimates(workflow: Workflow): readonly WorkflowProblem[] {
  return [...checkDeadline(workflow), ...checkTimeouts(workflow)]
}

function checkDeadline({ goal, jobs }: Workflow): readonly WorkflowProblem[] {
  const deadline = goal['deadline-minutes']
  const longest = planPhases({ jobs }).map((wave) => slowestOf(wave, jobs))
  const minutes = longest.reduce((sum, { estimate }) => sum + estimate, 0)
  if (deadline === undefined || minutes <= deadline) return []
  const path = longest.map(({ key, estimate }) => `${key} ${estimate}`).join(' + ')
  return [
    {
      path: ['goal', 'deadline-minutes'],
      problem: `The plan takes ${minutes} minutes (${path}), the deadline is ${deadline}`,
      remedy: 'Raise the deadline, or let more phases run side by side.',
    },
  ]
}

function slowestOf(wave: readonly string[], jobs: Workflow['jobs']) {
  const estimates = wave.map((key) => ({ key, estimate: jobs[key]?.['estimate-minutes'] ?? 0 }))
  return estimates.reduce((slowest, next) => (next.estimate > slowest.estimate ? next : slowest))
}

function checkTimeouts({ jobs }: Workflow): readonly WorkflowProblem[] {
  return Object.entries(jobs).flatMap(([key, phase]) => {
    const { 'estimate-minutes': estimate = 0, 'timeout-minutes': timeout = Infinity } = phase
    if (estimate <= timeout) return []
    return {
      path: ['jobs', key, 'timeout-minutes'],
      problem: `Phase "${key}" is stopped after ${timeout} minutes, but estimated to take ${estimate}`,
      remedy: 'Raise "timeout-minutes" or correct "estimate-minutes".',
    }
  })
}
