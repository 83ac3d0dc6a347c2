import { describe, expect, test } from 'vitest'

import type { CoderUsage } from '#domain/coder.ts'
import { addUsage, budgetLeft } from '#policy/coder-budget.ts'

const budget = { maxDollars: 3, maxTokens: 1000, maxMinutes: 10, maxCalls: 8 }

function usage(more: Partial<CoderUsage> = {}): CoderUsage {
  return {
    model: 'tiny',
    calls: 1,
    inputTokens: 100,
    outputTokens: 10,
    cachedTokens: 40,
    dollars: 0.5,
    source: 'measured',
    durationMs: 1000,
    ...more,
  }
}

describe('a budget', () => {
  test.each([
    ['nothing near a limit', {}, 'go-on'],
    ['the last call', { calls: 8 }, 'spent'],
    ['the last token, input and output together', { inputTokens: 900, outputTokens: 100 }, 'spent'],
    ['the last minute', { durationMs: 600_000 }, 'spent'],
    ['the last dollar', { dollars: 3 }, 'spent'],
    ['tokens alone where the price is not known', { dollars: null, inputTokens: 990 }, 'spent'],
    ['a price that is not known', { dollars: null }, 'go-on'],
  ] as const)('with %s: %#', (_title, used, left) => {
    expect(budgetLeft(usage(used), budget)).toBe(left)
  })
})

describe('the usage of two calls', () => {
  test('is their sum', () => {
    const sum = { calls: 2, inputTokens: 200, outputTokens: 20, cachedTokens: 80 }
    expect(addUsage(usage(), usage())).toEqual(usage({ ...sum, dollars: 1, durationMs: 2000 }))
  })

  test('has no price where one of them has none, and is estimated where one of them is', () => {
    const both = addUsage(usage({ source: 'estimated' }), usage({ dollars: null }))
    expect([both.dollars, both.source]).toEqual([null, 'estimated'])
  })
})
