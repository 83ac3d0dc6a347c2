import { z } from 'zod'

/** What a run tells while it goes, as it happens; the progress tree of S0-40 is drawn from these. */
export const progress = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('phase-started'), phase: z.string(), name: z.string() }),
  z.strictObject({
    kind: z.literal('phase-ended'),
    phase: z.string(),
    state: z.enum(['succeeded', 'failed', 'skipped']),
    durationMs: z.number(),
  }),
  z.strictObject({
    kind: z.literal('step-started'),
    phase: z.string(),
    step: z.string(),
    name: z.string(),
  }),
  z.strictObject({
    kind: z.literal('step-ended'),
    phase: z.string(),
    step: z.string(),
    state: z.enum(['succeeded', 'failed', 'skipped']),
    /** e.g. "3 red, 2 green" */
    facts: z.string(),
    durationMs: z.number(),
  }),
  z.strictObject({
    kind: z.literal('note'),
    phase: z.string(),
    step: z.string(),
    text: z.string(),
  }),
])
export type Progress = z.infer<typeof progress>
