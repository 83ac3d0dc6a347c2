import { describe, expect, test } from 'vitest'

import type { CoderUsage } from '#domain/coder.ts'
import { addUsage } from '#policy/coder-budget.ts'

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
