import { describe, expect, test } from 'vitest'

import type { Amounts, Budget } from '#domain/budget.ts'
import { judgeBudget } from '#policy/budget.ts'

const budget: Budget = {
  task: { dollars: 3, tokens: 1000, minutes: 30, attempts: 5 },
  day: { dollars: 10, tokens: 4000, minutes: 90, attempts: 20 },
}
const nothing: Amounts = { dollars: 0, tokens: 0, minutes: 0, attempts: 0 }

const used = (task: Partial<Amounts>, day: Partial<Amounts> = task): Budget => ({
  task: { ...nothing, ...task },
  day: { ...nothing, ...day },
})

describe('a budget', () => {
  test.each([
    ['nothing', used({}), 'ok'],
    ['just below 80 %', used({ dollars: 2.39 }), 'ok'],
    ['a little over 80 % of a task', used({ dollars: 2.41 }), 'warning'],
    ['80 % of the tokens of a day', used({}, { tokens: 3200 }), 'warning'],
    ['a cent below all', used({ dollars: 2.99 }), 'warning'],
    ['all', used({ dollars: 3 }), 'exhausted'],
    ['more than all', used({ minutes: 31 }), 'exhausted'],
    ['the last attempt', used({ attempts: 5 }), 'exhausted'],
    ['the money of the day', used({}, { dollars: 10 }), 'exhausted'],
  ] as const)('of which %s is used says so', (_name, spent, kind) => {
    expect(judgeBudget(budget, spent).kind).toBe(kind)
  })

  test('leaves the less of what task and day leave', () => {
    expect(judgeBudget(budget, used({ dollars: 1, tokens: 100 }, { dollars: 9.5 }))).toMatchObject({
      left: { dollars: 0.5, tokens: 900, minutes: 30, attempts: 5 },
    })
  })

  test('that is spent for the task is not opened by another day', () => {
    expect(judgeBudget(budget, used({ dollars: 3 }, { dollars: 10 }))).toEqual({
      kind: 'exhausted',
      reached: { scope: 'task', measure: 'dollars', used: 3, limit: 3 },
    })
  })
})
