import { expect, test } from 'vitest'

import type { Cost } from '#domain/cost.ts'
import { costSentence, nearSentences } from '#messages/cost.ts'

const cost: Cost = {
  attempts: 3,
  models: ['fake/one'],
  tokens: 1_234_567,
  dollars: 0.2149,
  source: 'measured',
  near: [],
}

test.each<[string, Partial<Cost>, string]>([
  ['a measured one', {}, 'This fix cost $0.21 (measured), 3 attempts.'],
  [
    'an estimated one',
    { source: 'estimated', attempts: 1 },
    'This fix cost $0.21 (estimated), 1 attempt.',
  ],
  ['a small one', { dollars: 0.0004 }, 'This fix cost less than $0.01 (measured), 3 attempts.'],
  ['a free one', { dollars: 0 }, 'This fix cost $0.00 (measured), 3 attempts.'],
  [
    'one without a price',
    { dollars: null },
    'This fix used 1,234,567 tokens (measured) at a price that nobody told us, 3 attempts.',
  ],
])('of %s says what is known', (_name, more, sentence) => {
  expect(costSentence({ ...cost, ...more })).toBe(sentence)
})

test('what is nearly spent is said', () => {
  const near = [{ scope: 'task', measure: 'dollars', used: 2.5, limit: 3 }] as const
  expect(nearSentences({ ...cost, near: [...near] })).toEqual([
    'Nearly spent: $2.50 of $3.00 for this task.',
  ])
})
