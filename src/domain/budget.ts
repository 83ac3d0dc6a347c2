import { z } from 'zod'

/** What a budget is counted in. Dollars are those of the United States; where nobody knows a price, the others bind. */
export const measures = ['dollars', 'tokens', 'minutes', 'attempts'] as const
export type Measure = (typeof measures)[number]

export type Amounts = Readonly<Record<Measure, number>>

/** A task is one failure or one issue; a day is one of UTC in one repository. */
export const budgetScopes = ['task', 'day'] as const
type BudgetScope = (typeof budgetScopes)[number]

export type Budget = Readonly<Record<BudgetScope, Amounts>>

/** How far something is spent. */
export const reached = z.strictObject({
  scope: z.enum(budgetScopes),
  measure: z.enum(measures),
  used: z.number().nonnegative(),
  limit: z.number().nonnegative(),
})
export type Reached = z.infer<typeof reached>
