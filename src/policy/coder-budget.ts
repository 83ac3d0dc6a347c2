import type { CoderUsage } from '#domain/coder.ts'

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
