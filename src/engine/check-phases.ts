import type { WorkflowProblem } from '#domain/workflow-problem.ts'
import type { PhaseDefinition, Workflow } from '#domain/workflow.ts'

import { isNeverTrue, namesAStatus } from './constant-condition.ts'

type Jobs = Workflow['jobs']

/** Needs that do not exist, phases that wait for each other, phases that can never run. */
export function checkPhases({ jobs }: Pick<Workflow, 'jobs'>): readonly WorkflowProblem[] {
  const keys = Object.keys(jobs)
  if (keys.length === 0) return [noPhases]
  return [...checkNeeds(jobs), ...checkCycles(jobs), ...checkReach(jobs)]
}

const noPhases: WorkflowProblem = {
  path: ['jobs'],
  problem: 'There is no phase',
  remedy: 'Add one below "jobs".',
}

function checkNeeds(jobs: Jobs): readonly WorkflowProblem[] {
  return Object.entries(jobs).flatMap(([key, { needs }]) =>
    needs.flatMap((need, at) =>
      Object.hasOwn(jobs, need)
        ? []
        : {
            path: ['jobs', key, 'needs', at],
            problem: `Phase "${key}" needs "${need}", which does not exist`,
            remedy: `Phases here: ${Object.keys(jobs).join(', ')}.`,
          },
    ),
  )
}

/** One problem per cycle, at the phase of it that stands first in the file. */
function checkCycles(jobs: Jobs): readonly WorkflowProblem[] {
  const reported = new Set<string>()
  return Object.keys(jobs).flatMap((key) => {
    const cycle = reported.has(key) ? null : cycleThrough(key, jobs)
    if (cycle === null) return []
    for (const member of cycle) reported.add(member)
    return {
      path: ['jobs', key, 'needs'],
      problem: `Phases wait for each other: ${[...cycle, key].join(' → ')}`,
      remedy: 'Remove one of these needs.',
    }
  })
}

/** The shortest way from the phase along needs back to itself, or null. */
function cycleThrough(key: string, jobs: Jobs): readonly string[] | null {
  const ways: (readonly string[])[] = [[key]]
  const seen = new Set<string>()
  for (const way of ways) {
    for (const need of jobs[way.at(-1) ?? key]?.needs ?? []) {
      if (need === key) return way
      if (!seen.has(need)) ways.push([...way, need])
      seen.add(need)
    }
  }
  return null
}

function checkReach(jobs: Jobs): readonly WorkflowProblem[] {
  const unreachable = unreachableIn(jobs)
  return Object.entries(jobs).flatMap(([key, phase]) => {
    const need = phase.needs.findIndex((need) => unreachable.has(need))
    if (isNeverTrue(phase.if)) return neverTrue(key)
    if (!unreachable.has(key)) return []
    return {
      path: ['jobs', key, 'needs', need],
      problem: `Phase "${key}" can never run, because "${phase.needs[need]}" never does`,
      remedy: 'Remove the phase or the need, or let its `if` begin with always().',
    }
  })
}

function neverTrue(key: string): WorkflowProblem {
  return {
    path: ['jobs', key, 'if'],
    problem: `Phase "${key}" can never run, because its condition is never true`,
    remedy: 'Remove the phase or correct its `if`.',
  }
}

/** Whoever needs what never runs is skipped, unless its condition asks how the others ended. */
function unreachableIn(jobs: Jobs): ReadonlySet<string> {
  const unreachable = new Set<string>()
  const isCutOff = (phase: PhaseDefinition) =>
    isNeverTrue(phase.if) ||
    (!namesAStatus(phase.if) && phase.needs.some((need) => unreachable.has(need)))
  let before = -1
  while (unreachable.size > before) {
    before = unreachable.size
    for (const [key, phase] of Object.entries(jobs)) if (isCutOff(phase)) unreachable.add(key)
  }
  return unreachable
}
