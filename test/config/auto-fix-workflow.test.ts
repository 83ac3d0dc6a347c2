import { join } from 'node:path'

import { describe, expect, test } from 'vitest'

import { readWorkflows } from '#config/workflows.ts'
import type { Event } from '#domain/event.ts'
import type { Outputs } from '#domain/outcome.ts'
import { checkWorkflow } from '#engine/check-workflow.ts'
import { evaluateCondition } from '#engine/expressions.ts'
import { judgeGoal } from '#engine/judge-goal.ts'
import { planPhases } from '#engine/plan.ts'
import { stepKinds } from '#steps/index.ts'
import type { StepPorts } from '#steps/step-ports.ts'

// No step runs here: only the names, the inputs and the outputs of the kinds are asked for.
const nobody: StepPorts = JSON.parse('{}')
const folder = join(import.meta.dirname, '../../workflows')

function autoFix() {
  return workflowNamed('auto-fix')
}

function workflowNamed(wanted: string) {
  const workflows = readWorkflows(folder, (one) => checkWorkflow(one, stepKinds(nobody)))
  const found = workflows.find(({ name }) => name === wanted)
  if (found === undefined) throw new Error(`There is no workflow ${wanted}`)
  return found
}

test('the main job fits the steps that we have', () => {
  expect(planPhases(autoFix())).toEqual([['reproduce'], ['fix'], ['publish']])
})

const event: Event = {
  kind: 'fix-requested',
  repository: '/r',
  ref: null,
  base: null,
  checks: [],
  taskId: 't',
  publish: true,
}

const ended = (result: 'success' | 'skipped', outputs: Outputs) =>
  ({ kind: 'ended', result, outputs, reason: null, detail: null, warned: false }) as const

const skipped = ended('skipped', {})
const nothingRed = { red: 0, green: 5, failures: [], setAside: [] }
const oneRed = { ...nothingRed, red: 1, failures: [{}] }
const oneFlaky = { ...nothingRed, red: 1, setAside: [{}] }
const proved = ended('success', { proved: true, unsolved: [] })
const committed = ended('success', { commits: [{}] })

describe('the goal of the main job', () => {
  test.each([
    ['is reached when nothing is red', 'success', nothingRed, skipped, skipped],
    ['is reached when all is repaired and committed', 'success', oneRed, proved, committed],
    [
      'is reached with a warning when something else was flaky or red before',
      'success_with_warnings',
      { ...oneRed, red: 2, setAside: [{}] },
      proved,
      committed,
    ],
    ['is not reached when nothing red was ours to repair', 'partial', oneFlaky, skipped, skipped],
    [
      'is reached in part when one of two was repaired',
      'partial',
      { ...oneRed, red: 2, failures: [{}, {}] },
      ended('success', { proved: true, unsolved: [{}] }),
      committed,
    ],
    [
      'is not reached without a commit',
      'partial',
      oneRed,
      proved,
      ended('success', { commits: [] }),
    ],
  ])('%s', (...[, outcome, outputs, fix, publish]) => {
    const reproduce = ended('success', outputs)

    const judged = judgeGoal(autoFix(), { event, phases: { reproduce, fix, publish } })

    expect(judged.outcome).toBe(outcome)
  })
})

test.each([
  ['starts when something is ours to repair', oneRed, true],
  ['does not start when nothing is red', nothingRed, false],
  ['does not start when all that is red was set aside', oneFlaky, false],
])('the repair %s', (_title, outputs, starts) => {
  const needs = { reproduce: ended('success', outputs) }

  const condition = autoFix().jobs['fix']?.if

  expect(evaluateCondition(condition, { event, needs, steps: {} })).toBe(starts)
})

const dayMinutes = 24 * 60

test.each(['auto-fix-on-github', 'fix-issue'])(
  'a phase of %s that may wait for the budget of the next day has room for that, and each try a limit of its own',
  (name) => {
    const { jobs, goal } = workflowNamed(name)
    const waiting = Object.values(jobs).filter(({ steps }) => steps.some(mayWait))
    expect(waiting.length).toBeGreaterThan(0)
    for (const { steps, ...phase } of waiting) {
      expect(phase['timeout-minutes']).toBeGreaterThan(dayMinutes + 45)
      expect(goal['deadline-minutes']).toBeGreaterThan(phase['timeout-minutes'] ?? 0)
      for (const step of steps.filter(mayWait)) expect(step['timeout-minutes']).toBe(45)
    }
  },
)

function mayWait({ uses }: { readonly uses: string }): boolean {
  return ['propose-fix', 'show-bug', 'fix-bug'].includes(uses)
}
