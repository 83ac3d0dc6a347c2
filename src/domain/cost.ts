import { z } from 'zod'

import { reached } from './budget.ts'

/** What the attempts of a run cost. */
export const cost = z.strictObject({
  attempts: z.number().int().nonnegative(),
  models: z.array(z.string()),
  tokens: z.number().int().nonnegative(),
  /** US dollars; null where the price of a part is not known. */
  dollars: z.number().nonnegative().nullable(),
  /** `estimated` where a part is. */
  source: z.enum(['measured', 'estimated']),
  /** What of the budget was nearly spent when the last attempt began. */
  near: z.array(reached),
})
export type Cost = z.infer<typeof cost>
