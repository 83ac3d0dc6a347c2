import { z } from 'zod'

import { failureReason } from './outcome.ts'

/** Where a run is. Kept apart from how it ended. */
const runState = z.enum(['queued', 'running', 'waiting', 'finished'])
export type RunState = z.infer<typeof runState>

/** How a finished run ended (domain.md 5.1); the words are stored, so they are for ever. */
export const runOutcome = z.enum([
  'success',
  'success_with_warnings',
  'partial',
  'failure',
  'cancelled',
  'timed_out',
])
export type RunOutcome = z.infer<typeof runOutcome>

/** One execution of a workflow for one repository at one commit. */
export const run = z.strictObject({
  id: z.string(),
  workflow: z.string(),
  repository: z.string(),
  headSha: z.string(),
  taskId: z.string().nullable(),
  state: runState,
  outcome: runOutcome.nullable(),
  reason: failureReason.nullable(),
  detail: z.string().nullable(),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
})
export type Run = z.infer<typeof run>

const stepState = z.enum(['running', 'succeeded', 'warned', 'failed', 'skipped'])

/** One step of one phase, tried once. */
export const attempt = z.strictObject({
  runId: z.string(),
  phase: z.string(),
  step: z.string(),
  number: z.number().int().positive(),
  state: stepState,
  reason: failureReason.nullable(),
  detail: z.string().nullable(),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
})
export type Attempt = z.infer<typeof attempt>

/** The run that goes on with the task of this one: `run_x`, `run_x.2`, `run_x.3`. */
export function runIdAfter(id: string): string {
  const [, first = id, number = '1'] = /^(.*)\.(\d+)$/.exec(id) ?? []
  return `${first}.${Number(number) + 1}`
}

/** `run_<UTC yyyymmdd-hhmmss>-<8 hex>`, sortable (K42). */
export function runIdAt(now: Date, eightHex: string): string {
  const [date, time] = now.toISOString().split('T')
  return `run_${date?.replaceAll('-', '')}-${time?.slice(0, 8).replaceAll(':', '')}-${eightHex}`
}
