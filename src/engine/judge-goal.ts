import type { Event } from '#domain/event.ts'
import type { Workflow } from '#domain/workflow.ts'

import { evaluateCondition, type ExpressionContext } from './expressions.ts'
import type { PhaseEnded, RunResult } from './interpret-records.ts'

export interface RunFacts {
  readonly event: Event
  readonly phases: Readonly<Record<string, PhaseEnded>>
}

/** How a run ended: by its phases first, then by the goal's criteria, each judged by its expression (I6). */
export function judgeGoal({ goal }: Workflow, { event, phases }: RunFacts): RunResult {
  const context: ExpressionContext = { event, needs: phases, steps: {}, status: 'success' }
  const criteria = goal.criteria.map(({ text, required, met }) => ({
    text,
    required,
    met: isMet(met, context),
  }))
  const ended = Object.values(phases)
  const failed = ended.find(({ result }) => result === 'failure')
  if (failed) {
    const { reason, detail } = failed
    const outcome = reason === 'timed-out' ? 'timed_out' : 'failure'
    return { outcome, reason, detail, criteria }
  }
  const missing = criteria.filter(({ required, met }) => required && !met)
  if (missing.length > 0) {
    const outcome = criteria.some(({ met }) => met) ? 'partial' : 'failure'
    const detail = missing.map(({ text }) => text).join('; ')
    return { outcome, reason: 'criteria-not-met', detail, criteria }
  }
  const flawless = criteria.every(({ met }) => met) && ended.every(({ warned }) => !warned)
  const outcome = flawless ? 'success' : 'success_with_warnings'
  return { outcome, reason: null, detail: null, criteria }
}

/** A criterion whose expression cannot be evaluated is not met; the workflow's check at start tells why. */
function isMet(expression: string, context: ExpressionContext): boolean {
  try {
    return evaluateCondition(expression, context)
  } catch {
    return false
  }
}
