import { z } from 'zod'

export const label = z.object({ name: z.string() })

/** GitHub takes labels that differ in case only for one. */
export function asksForFix({ name }: z.infer<typeof label>): boolean {
  return name.toLowerCase() === 'auto-fix'
}
