import { z } from 'zod'

/** Four levels, K46. */
export const severity = z.enum(['critical', 'high', 'medium', 'low'])
export type Severity = z.infer<typeof severity>
