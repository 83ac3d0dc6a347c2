import { z } from 'zod'

import { finding } from './finding.ts'

/** A place that a check complained about, in its own words. `line` counts from 1. */
const ciAnnotation = z.strictObject({
  path: z.string(),
  line: z.number().int().positive().nullable(),
  level: z.enum(['failure', 'warning', 'notice']),
  message: z.string(),
})
export type CiAnnotation = z.infer<typeof ciAnnotation>

/** What the log of a job holds of the step that failed; `none` where there is no log to have, `expired` where it is gone. */
const ciLog = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('read'),
    /** The first line of the step's script, or the action it uses; null where the log does not say. */
    command: z.string().nullable(),
    exitCode: z.number().int().nullable(),
    /** The end of what that step printed: without times and colours, redacted, at most 16 kB. */
    text: z.string(),
  }),
  z.strictObject({ kind: z.enum(['none', 'expired', 'refused', 'unreachable']) }),
])
export type CiLog = z.infer<typeof ciLog>

/** What CI says of one check that did not end well. All of it is a claim until it is reproduced. */
export const ciReport = z.strictObject({
  /** The name of the check run or of the commit status. */
  check: z.string(),
  /** In GitHub's words. */
  conclusion: z.string(),
  /** The job of GitHub Actions behind it. */
  job: z
    .strictObject({
      name: z.string(),
      /** The path of its workflow file, where GitHub tells. */
      workflow: z.string().nullable(),
      step: z.string().nullable(),
    })
    .nullable(),
  title: z.string().nullable(),
  summary: z.string().nullable(),
  annotations: z.array(ciAnnotation),
  log: ciLog,
})
export type CiReport = z.infer<typeof ciReport>

/** What CI says of a commit: what is red, and what may still turn red. */
export interface CiState {
  readonly failed: readonly CiReport[]
  /** Failed as well, beyond those that were read. */
  readonly unread: readonly string[]
  /** The names of checks that have not ended. */
  readonly unfinished: readonly string[]
}

const troubles = [
  'cancelled',
  'timed-out',
  'runner-lost',
  'not-started',
  'no-space',
  'rate-limited',
  'network',
] as const

/** Why a red check says nothing about the code. */
export const ciTrouble = z.enum(troubles)
export type CiTrouble = z.infer<typeof ciTrouble>

/** Why no change of ours can turn a check green: its machine is at fault, or nothing of it can be run here. */
export const whyNotOurs = z.enum([...troubles, 'not-run-here'])
export type WhyNotOurs = z.infer<typeof whyNotOurs>

/** A report, and what of it we understand. */
export const ciClaim = z.strictObject({
  report: ciReport,
  /** Null where the code may be at fault. */
  trouble: ciTrouble.nullable(),
  /** The names of our checks that its job runs; none where it cannot be told. */
  checks: z.array(z.string()),
  /** Why commands of its job cannot be run here. */
  unreachable: z.array(z.string()),
  /** What its annotations and its log complain about, where the format is one we know. */
  findings: z.array(finding),
})
export type CiClaim = z.infer<typeof ciClaim>

/** How what CI saw stands to what was seen here; `unknown` where we cannot tell which command it was. */
const ciMatch = z.enum(['same', 'partly', 'another', 'red-too', 'green-here', 'not-run', 'unknown'])
export type CiMatch = z.infer<typeof ciMatch>

/** What CI says of a check, held against what was seen here. */
export const ciComparison = z.strictObject({
  check: z.string(),
  match: ciMatch,
  /** How many of CI's findings were seen here too, and those that were not. */
  seen: z.number().int().nonnegative(),
  missed: z.array(finding),
  /** Why commands of its job were not run here. */
  unreachable: z.array(z.string()),
})
export type CiComparison = z.infer<typeof ciComparison>
