import { z } from 'zod'

import { checkOrigin } from './check.ts'
import { ciComparison, ciReport, ciTrouble } from './ci.ts'
import { complexReason } from './complexity.ts'
import { cost } from './cost.ts'
import { culprit } from './culprit.ts'
import { commandEnd } from './evidence.ts'
import { trial } from './failure.ts'
import { finding } from './finding.ts'
import { failureReason } from './outcome.ts'
import { risk } from './risk.ts'
import { runOutcome } from './run.ts'
import { severity } from './severity.ts'

/** What became of a check. `unproved`: repaired, but the run ended before everything was run again. */
const checkVerdict = z.enum([
  'green',
  'fixed',
  'unproved',
  'red',
  'pre-existing',
  'flaky',
  'not-run',
  'off',
])
export type CheckVerdict = z.infer<typeof checkVerdict>

/** One measured command. */
const measurement = z.strictObject({
  command: z.string(),
  end: commandEnd,
  durationMs: z.number().nonnegative(),
})
export type Measurement = z.infer<typeof measurement>

const checkReport = z.strictObject({
  name: z.string(),
  origin: checkOrigin.nullable(),
  verdict: checkVerdict,
  /** Why nothing was done about it. */
  reason: failureReason.nullable(),
  detail: z.string(),
  before: measurement.nullable(),
  after: measurement.nullable(),
  /** What is still wrong; what was wrong where it is not known. */
  findings: z.array(finding),
  /** What was wrong and is right on the fixed tree. */
  repaired: z.array(finding),
})
export type CheckReport = z.infer<typeof checkReport>

/** One repair: one commit, once it is written. */
const repairReport = z.strictObject({
  check: z.string(),
  strategies: z.array(z.string()),
  descriptions: z.array(z.string()),
  rootCauses: z.array(z.string()),
  files: z.array(z.string()),
  risk: z.enum(['safe', 'review']),
  /** Why what a model wrote is for a human; else empty. */
  complex: z.array(complexReason),
  before: measurement,
  after: measurement,
  sha: z.string().nullable(),
})
export type RepairReport = z.infer<typeof repairReport>

/** The report of a fix run: what `--json` prints, and what the text for people is rendered from. @internal */
export const fixReport = z.strictObject({
  version: z.literal(1),
  run: z.string(),
  task: z.string().nullable(),
  repository: z.string(),
  head: z.string().nullable(),
  base: z.string().nullable(),
  outcome: runOutcome.nullable(),
  reason: failureReason.nullable(),
  detail: z.string(),
  durationMs: z.number().nonnegative().nullable(),
  severity: severity.nullable(),
  priority: z.number().int().nullable(),
  risk: risk.nullable(),
  /** What people should know besides. */
  remarks: z.array(z.string()),
  checks: z.array(checkReport),
  /** What CI said of its red checks, beside what was seen of them here; null where nothing was run. */
  ci: z.array(
    z.strictObject({
      report: ciReport,
      trouble: ciTrouble.nullable(),
      comparison: ciComparison.nullable(),
    }),
  ),
  /** Commits that are proved to have turned a check red, where somebody asked for them. */
  culprits: z.array(culprit),
  repairs: z.array(repairReport),
  /** Null where no model was asked. */
  cost: cost.nullable(),
  /** Candidates that were tried and not kept. */
  discarded: z.array(trial),
  branch: z
    .strictObject({
      name: z.string(),
      delivered: z.boolean(),
      /** The repository on this machine that has it: the one asked about, or our mirror of a URL. */
      directory: z.string(),
    })
    .nullable(),
})
export type FixReport = z.infer<typeof fixReport>
export type CiEntry = FixReport['ci'][number]
