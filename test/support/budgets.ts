import type { Reached } from '#domain/budget.ts'
import type { CoderUsage } from '#domain/coder.ts'
import type { Budgets, Reserving } from '#ports/budgets.ts'

const plenty = { dollars: 3, tokens: 100_000, minutes: 1, attempts: 3 }

/** What one call used. */
export const used: CoderUsage = {
  model: 'fake/one',
  calls: 1,
  inputTokens: 1000,
  outputTokens: 100,
  cachedTokens: 0,
  dollars: 0.2,
  source: 'measured',
  durationMs: 5,
}

/** A budget in memory: it lets each attempt spend, until `spent` says so, and keeps what it was told. */
export function memoryBudgets(
  reserved: Reserving = { kind: 'reserved', id: 'one', allowance: plenty, near: [] },
  calls = 100,
  /** What an attempt finds used up that its allowance ended. */
  after: Reached | null = null,
) {
  const spent: CoderUsage[] = []
  const released: string[] = []
  let attempts = 0
  const budgets: Budgets = {
    async reserve() {
      attempts += 1
      return reserved.kind === 'reserved' ? { ...reserved, id: `attempt-${attempts}` } : reserved
    },
    async spend(_id, _call, usage) {
      spent.push(usage)
      return spent.length >= calls ? 'spent' : 'go-on'
    },
    spent: async () => after,
    release: async (id) => void released.push(id),
  }
  return { budgets, spent, released }
}
