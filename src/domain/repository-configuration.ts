import { z } from 'zod'

import { checkMode } from './check.ts'
import { environments } from './gate.ts'

const size = (files: number, lines: number) =>
  z
    .strictObject({
      files: z.number().int().positive().default(files),
      lines: z.number().int().positive().default(lines),
    })
    .prefault({})

/** Small enough to be read at a glance is our own choice, stricter than any other rung; the other figures are autofix.md 7. */
const modelLimits = z
  .strictObject({
    ready: size(2, 30).describe('What a model changed beyond this stays a draft for a human.'),
    draft: size(20, 400).describe('What a model changed beyond this is declined.'),
  })
  .prefault({})
export type ModelLimits = z.infer<typeof modelLimits>

/** `.github/goalkeeper.yml`: optional, strict, read from the default branch only. */
export const repositoryConfiguration = z.strictObject({
  checks: z
    .record(
      z.string(),
      z.strictObject({
        run: z.string().min(1).describe('The shell command; exit code 0 is green.'),
        before: z.array(z.string()).default([]).describe('Commands that must have run first.'),
        directory: z.string().default('.').describe('Where it runs, relative to the root.'),
        mode: checkMode.default('apply').describe('What may be done about this check.'),
      }),
    )
    .default({})
    .describe('Name of a check → its command and what may be done about it.'),
  mode: checkMode
    .default('apply')
    .describe('What may be done about checks that are not listed above.'),
  'protected-paths': z
    .array(z.string())
    .default([])
    .describe('Globs of files that no fix may touch.'),
  limits: z
    .strictObject({
      files: z.number().int().positive().default(200),
      lines: z.number().int().positive().default(400),
      'timeout-minutes': z.number().positive().default(15),
      model: modelLimits,
    })
    .prefault({}),
  culprit: z
    .strictObject({
      mode: z
        .enum(['off', 'shadow', 'propose'])
        .default('propose')
        .describe(
          'Whether who turned the default branch red is looked for, and a revert proposed.',
        ),
      'fix-forward-minutes': z
        .number()
        .nonnegative()
        .max(1440)
        .default(30)
        .describe(
          'How long a fix may take, from when the branch is red, before a revert is proposed.',
        ),
      'age-hours': z
        .number()
        .positive()
        .default(24)
        .describe('What landed earlier is for a human to take back.'),
      'reverts-a-day': z
        .number()
        .int()
        .nonnegative()
        .default(5)
        .describe('Reverts proposed within 24 hours.'),
      'ready-a-day': z
        .number()
        .int()
        .nonnegative()
        .default(3)
        .describe('Reverts made ready to be merged within 24 hours; what is beyond stays a draft.'),
      'protected-authors': z
        .array(z.string())
        .default([])
        .describe('Logins whose commits are only ever taken back by a human.'),
    })
    .prefault({}),
  environments,
  'ungated-environments': z
    .enum(['wait', 'approve'])
    .default('wait')
    .describe('What a job before an environment that is not named above is told.'),
  /** Opt-in, behind the gate (S2, fixers.md B2). */
  snapshots: z.boolean().default(false).describe('Snapshots of tests may be rewritten.'),
})
export type RepositoryConfiguration = z.infer<typeof repositoryConfiguration>
