import { z } from 'zod'

import { risk } from './risk.ts'
import { workKind } from './work-kind.ts'

/** Why a version before may not work any more once a change was live. */
const rollbackMark = z.object({
  class: z.enum(['lost-data', 'schema', 'interface', 'configuration', 'unreadable']),
  path: z.string(),
  /** Counted from 1 in the text that has it; null where it is about the file. */
  line: z.number().int().positive().nullable(),
})
export type RollbackMark = z.infer<typeof rollbackMark>

/** `unsafe`: the version before would not work, or data is gone. `needs-human`: somebody has to look first. */
const rollbackSafety = z.object({
  level: z.enum(['safe', 'needs-human', 'unsafe']),
  marks: z.array(rollbackMark),
})
export type RollbackSafety = z.infer<typeof rollbackSafety>

/** The type of the entry in the audit log that holds what a deploy changes. */
export const weighedType = 'deploy-weighed'

/** Of a change with more files the risk is that of so many: reading them all would take long. */
export const mostWeighed = 200

/** What a deploy changes, as the entry holds it. */
export const deployWeighed = z.object({
  /** When its commit was written, ISO 8601: for a squash, when it was merged. */
  committedAt: z.string().nullable(),
  files: z.array(z.string()),
  rollback: rollbackSafety,
  /** What kind of work it is and what of it a person has to look at; older entries do not say. */
  work: workKind.nullable().default(null),
  risk: risk.nullable().default(null),
})
export type DeployWeighed = z.infer<typeof deployWeighed>
