import { expect, test } from 'vitest'

import { accruedInterest, remaining } from '../src/interest.js'

const loan = { principal: 360_000, yearlyRate: 0.05, start: '2026-01-01' }

test('interest grows by the day', () => {
  expect(accruedInterest(loan, '2026-01-31')).toBe(1_500)
  expect(accruedInterest(loan, '2025-12-01')).toBe(0)
})

test('what is left counts refunds back in', () => {
  expect(remaining(loan, [100_000, 50_000, -20_000])).toBe(230_000)
})
