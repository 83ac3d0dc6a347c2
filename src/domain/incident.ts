import { z } from 'zod'

/** The type of the entry in the audit log that says when the issue of an incident was closed, or opened again. */
export const incidentChangedType = 'incident-changed'

/** What became of the issue of an incident, as the entry holds it. */
export const incidentChange = z.object({
  number: z.number(),
  /** Null: it was opened again. */
  closedAt: z.iso
    .datetime()
    .transform((text) => new Date(text))
    .nullable(),
  at: z.iso.datetime().transform((text) => new Date(text)),
  /** GitHub's login. */
  by: z.string(),
})
export type IncidentChange = z.infer<typeof incidentChange>

/** The first line of the issue of an incident, by which it is found again. */
export function incidentMark(key: string): string {
  return `<!-- goalkeeper:incident:${key} -->`
}

/** The key in such a line; null where the text does not begin with one. */
export function incidentIn(body: string): string | null {
  return /^<!-- goalkeeper:incident:([\w.-]{1,64}) -->/.exec(body)?.[1] ?? null
}
