import { z } from 'zod'

import { approvalUsedType } from './gate.ts'

/** The type of the entry in the audit log that holds what somebody else said of an emergency. */
export const secondLookType = 'second-look'

/** What somebody else said of a deploy that went out as an emergency, as the entry holds it. */
const secondLook = z.object({
  verdict: z.enum(['confirmed', 'objected']),
  by: z.string(),
  reason: z.string().nullable(),
})
export type SecondLook = z.infer<typeof secondLook>

/** Who called a deploy an emergency, and until when somebody else has to look at it. */
const emergencyUsed = z.object({
  id: z.number(),
  by: z.string(),
  reason: z.string(),
  until: z.iso.datetime().transform((text) => new Date(text)),
})

/** Of the fact that an approval was used; null where it was no emergency, or somebody else approved it, too. Older entries say nothing. */
const usedInEmergency = z.object({ emergency: emergencyUsed.nullable().default(null) })

/** An emergency and the last word of somebody else about it; null where nobody said one. */
export interface Emergency extends z.infer<typeof emergencyUsed> {
  readonly look: (SecondLook & { readonly at: Date }) | null
}

/** What the entries of one run in the audit log say, the oldest first; null where its approval was no emergency. */
export function emergencyIn(
  entries: readonly { readonly type: string; readonly data: unknown; readonly at: string }[],
): Emergency | null {
  const used = entries.find(({ type }) => type === approvalUsedType)
  const { emergency } = usedInEmergency.parse(used?.data ?? {})
  if (emergency === null) return null
  const last = entries.findLast(({ type }) => type === secondLookType)
  const look = last === undefined ? null : { ...secondLook.parse(last.data), at: new Date(last.at) }
  return { ...emergency, look }
}
