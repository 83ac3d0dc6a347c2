import type { CoderBudget, CoderUsage } from '#domain/coder.ts'

/** All calls as one: the price is known only where each is, and measured only where all are. */
export function addUsage(first: CoderUsage, second: CoderUsage): CoderUsage {
  const isKnown = first.dollars !== null && second.dollars !== null
  const isMeasured = first.source === 'measured' && second.source === 'measured'
  return {
    model: second.model,
    calls: first.calls + second.calls,
    inputTokens: first.inputTokens + second.inputTokens,
    outputTokens: first.outputTokens + second.outputTokens,
    cachedTokens: first.cachedTokens + second.cachedTokens,
    dollars: isKnown ? (first.dollars ?? 0) + (second.dollars ?? 0) : null,
    source: isMeasured ? 'measured' : 'estimated',
    durationMs: first.durationMs + second.durationMs,
  }
}

/** Whether another call may be made: each limit alone stops it, and a limit that is reached is spent. */
export function budgetLeft(used: CoderUsage, budget: CoderBudget): 'go-on' | 'spent' {
  const isSpent =
    used.calls >= budget.maxCalls ||
    used.inputTokens + used.outputTokens >= budget.maxTokens ||
    used.durationMs >= budget.maxMinutes * 60_000 ||
    (used.dollars ?? 0) >= budget.maxDollars
  return isSpent ? 'spent' : 'go-on'
}
