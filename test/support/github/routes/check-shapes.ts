import { z } from 'zod'

const status = z.enum(['queued', 'in_progress', 'completed', 'waiting', 'requested', 'pending'])
const conclusion = z.enum([
  'action_required',
  'cancelled',
  'failure',
  'neutral',
  'success',
  'skipped',
  'timed_out',
])

const annotation = z.object({
  path: z.string(),
  start_line: z.number(),
  end_line: z.number(),
  start_column: z.number().nullable().default(null),
  end_column: z.number().nullable().default(null),
  annotation_level: z.enum(['notice', 'warning', 'failure']),
  message: z.string(),
  title: z.string().nullable().default(null),
  raw_details: z.string().nullable().default(null),
})

/** What an update of a check run may say. */
export const checkShape = z.object({
  name: z.string().optional(),
  details_url: z.string().optional(),
  external_id: z.string().optional(),
  status: status.optional(),
  started_at: z.string().optional(),
  conclusion: conclusion.optional(),
  completed_at: z.string().optional(),
  output: z
    .object({
      title: z.string().optional(),
      summary: z.string().optional(),
      text: z.string().optional(),
      annotations: z.array(annotation).default([]),
    })
    .optional(),
})

export const newCheckShape = checkShape.extend({ name: z.string(), head_sha: z.string() })

export type CheckAsked = z.infer<typeof checkShape>
export type NewCheckAsked = z.infer<typeof newCheckShape>
