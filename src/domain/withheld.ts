import { z } from 'zod'

import { checkConclusion } from './check-run.ts'

const issue = z.number().int().positive()

/** What a run in shadow mode would have published, word for word; one entry of the audit log each. */
export const withheld = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('check-run'),
    headSha: z.string(),
    /** Null while the run goes on. */
    conclusion: checkConclusion.nullable(),
    title: z.string(),
    summary: z.string(),
    annotations: z.number().int(),
  }),
  z.strictObject({ kind: z.literal('comment'), issue, body: z.string() }),
  /** An issue, opened or brought up to date. */
  z.strictObject({
    kind: z.literal('issue'),
    title: z.string(),
    body: z.string(),
    labels: z.array(z.string()),
    state: z.enum(['open', 'closed']),
  }),
  z.strictObject({ kind: z.literal('reaction'), issue, comment: z.number().int().nullable() }),
  /** One commit of the branch: its message, and its change as a unified diff. */
  z.strictObject({
    kind: z.literal('commit'),
    branch: z.string(),
    sha: z.string(),
    message: z.string(),
    diff: z.string(),
  }),
  z.strictObject({ kind: z.literal('branch'), branch: z.string() }),
  z.strictObject({
    kind: z.literal('pull-request'),
    head: z.string(),
    base: z.string(),
    title: z.string(),
    body: z.string(),
    labels: z.array(z.string()),
  }),
  /** Of one that is there since before. */
  z.strictObject({
    kind: z.literal('pull-request-change'),
    number: issue,
    change: z.enum(['advance', 'ready', 'close', 'supersede']),
  }),
])
export type Withheld = z.infer<typeof withheld>

/** Its entries in the audit log are of this type. */
export const withheldType = 'withheld'
