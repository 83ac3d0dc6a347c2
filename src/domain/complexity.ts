import { z } from 'zod'

/** What makes a model's change more than one that goes without a human. Each has its sentence in messages/complexity.ts. */
export const complexReason = z.discriminatedUnion('kind', [
  /** More than goes: of what, how many there are, and how many are the most. */
  z.strictObject({
    kind: z.literal('beyond'),
    what: z.enum(['files', 'lines', 'packages']),
    is: z.number().int(),
    most: z.number().int(),
  }),
  /** Something else than failing tests asked for it. */
  z.strictObject({ kind: z.literal('untested') }),
])
export type ComplexReason = z.infer<typeof complexReason>
