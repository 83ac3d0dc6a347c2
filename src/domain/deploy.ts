import { z } from 'zod'

import { hostedRepository } from './hosted.ts'

const seconds = z.number().positive().max(86_400)
const address = z.url({ protocol: /^https?$/ })

/** A question to what was deployed, and what has to come back. @internal */
export const probe = z.strictObject({
  url: address.describe('Asked with GET.'),
  status: z.number().int().min(100).max(599).default(200),
  'within-ms': z.number().int().positive().max(60_000).default(2000),
  json: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
    .default({})
    .describe('Path in the answer, e.g. `build.sha` → the value that has to be there.'),
})
export type Probe = z.infer<typeof probe>

/** Where the errors of production are counted. */
const metricQuestion = z.union([
  z.strictObject({
    prometheus: address.describe('The address of a Prometheus.'),
    errors: z.string().describe('PromQL; {window} becomes the length of the window, e.g. 300s.'),
    requests: z.string(),
  }),
  z.strictObject({
    json: address.describe(
      'Answers {"errors": 1, "requests": 200}; {from} and {to} become times in ISO 8601.',
    ),
  }),
])
export type MetricQuestion = z.infer<typeof metricQuestion>

/** How a commit is deployed, watched and taken back. */
export const deployPlan = z.strictObject({
  'patience-seconds': seconds.default(300).describe('S2-17: how long a deploy may take.'),
  'poll-seconds': seconds.default(10).describe('S2-17: how often its state is asked for.'),
  'settle-seconds': seconds.default(30).describe('S2-20: how long to wait before anybody looks.'),
  'bake-seconds': seconds.default(300).describe('K5: how long errors are counted.'),
  probes: z.array(probe).max(20).default([]),
  metrics: metricQuestion.nullable().default(null),
  notify: z
    .enum(['always', 'failures', 'never'])
    .default('always')
    .describe('Which ends are told by Slack, mail and webhook, where the service has them set.'),
  revert: z.boolean().default(true).describe('A pull request takes back what had to be undone.'),
  'land-revert': z
    .boolean()
    .default(false)
    .describe('That pull request is merged when its checks are green and its branch takes it.'),
})
export type DeployPlan = z.infer<typeof deployPlan>

/** A commit that people let through the gate of an environment. */
export const deployRequest = z.strictObject({
  repository: hostedRepository,
  environment: z.string(),
  pull: z.number().int().positive(),
  title: z.string(),
})
export type DeployRequest = z.infer<typeof deployRequest>

/** Who wants which deploy taken back. */
export const rollbackRequest = z.strictObject({
  /** The run of that deploy. */
  run: z.string(),
  /** GitHub's login. */
  by: z.string(),
  reason: z.string().nullable(),
  askedAt: z.iso.datetime(),
  plan: deployPlan,
})
export type RollbackRequest = z.infer<typeof rollbackRequest>

/** Where a deploy is. Those after the first three are ends; the words are stored, so they are for ever. */
export const deployState = z.enum([
  'queued',
  'deploying',
  'live',
  'verified',
  'unverified',
  'refused',
  'not-deployed',
  'rolled-back',
  'rollback-failed',
])
export type DeployState = z.infer<typeof deployState>

/** A deploy on record, or a way back that a person asked for. */
export interface PastDeploy {
  readonly runId: string
  readonly pull: number
  readonly sha: string
  readonly state: DeployState
  /** What was verified there before it. */
  readonly previous: string | null
  readonly enteredAt: Date
  readonly endedAt: Date | null
  /** The run of the deploy that this takes back; null for a deploy. */
  readonly takesBack: string | null
}

/** Why a person's wish to have a deploy taken back is not done. */
export const rollbackRefusal = z.enum([
  'nothing-deployed',
  'nothing-verified',
  'taken-back',
  'never-live',
  'under-way',
  'role-too-low',
  'turn-lost',
  'shadow',
])
export type RollbackRefusal = z.infer<typeof rollbackRefusal>
