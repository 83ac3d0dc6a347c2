import { z } from 'zod'

import type { DeploySetting } from '#domain/deploy-setting.ts'
import { type DeployPlan, deployPlan } from '#domain/deploy.ts'
import { json, type Outcome } from '#domain/outcome.ts'
import type { Counts, WatchVerdict } from '#domain/watch.ts'
import { settingMissing } from '#messages/deploy-setting.ts'
import { watchNote } from '#messages/deploy.ts'
import { doesNotWork, isGoodAnswer } from '#policy/probes.ts'
import { judgeRates } from '#policy/regression.ts'
import type { Deployments, MetricSource, Probes, Reports } from '#ports/deployments.ts'
import type { StepContext, StepKind } from '#ports/step.ts'
import type { Clock } from '#ports/world.ts'

import { after, deployOf, deployTopic, leaseFrom } from './deploy-run.ts'

interface Ports {
  readonly deployments: Pick<Deployments, 'turn' | 'askedBack'>
  readonly probes: Probes
  readonly metrics: MetricSource
  readonly reports: Reports
  readonly clock: Clock
}

const input = z.strictObject({
  plan: deployPlan,
  begunAt: z.iso.datetime(),
  liveAt: z.iso.datetime(),
  /** False after a rollback: what runs is known, and only has to answer. */
  'with-metrics': z.boolean(),
})
type Input = z.infer<typeof input>

/** Watches what went live: it settles, answers, and its errors are counted for a while (S2-20…S2-24, K27). */
export function verifyDeployment(ports: Ports): StepKind<Input> {
  return {
    name: 'verify-deployment',
    input,
    outputs: ['verdict', 'because', 'detail', 'before', 'after', 'decidedAt'],
    sideEffect: 'none',
    run: (input, context) => verify(ports, input, context),
  }
}

interface Seen {
  readonly before: Counts | null
  readonly after: Counts | null
}

const none: Seen = { before: null, after: null }

/** Whoever says so while it is watched is taken at their word; the run takes it back as it does what it finds bad itself. */
const askedFor: WatchVerdict = { kind: 'fail', because: 'asked-for' }

/** A verdict that comes so late says nothing about what runs by now (deploy.md A10). */
const tooLateSeconds = 20 * 60

async function verify(ports: Ports, input: Input, context: StepContext): Promise<Outcome> {
  const { plan } = input
  const now = ports.clock.now()
  await ports.deployments.turn(context.runId, leaseFrom(ports.clock))
  const by = input['with-metrics'] ? await ports.deployments.askedBack(context.runId) : null
  if (by !== null) return ended(context, ports, { ...none, verdict: askedFor, detail: by })
  const settled = after(new Date(input.liveAt), plan['settle-seconds'])
  if (now < settled) return waitUntil(settled, now)
  const over = after(settled, input['with-metrics'] ? plan['bake-seconds'] : 0)
  const broken = await brokenProbe(ports, plan)
  if (broken !== null) return ended(context, ports, { ...none, ...late(over, now), detail: broken })
  const reports = await reportedBroken(ports, input, { context, until: min(over, now) })
  if (reports !== null)
    return ended(context, ports, { ...none, ...late(over, now, reported), detail: reports })
  const seen = input['with-metrics'] ? await countAll(ports, input, { settled, over, now }) : none
  const verdict = judge(input, seen, now >= over)
  if (verdict === null) return waitUntil(min(over, after(now, plan['poll-seconds'])), now)
  if (verdict.kind !== 'fail')
    return ended(context, ports, await sure(ports, input, { ...seen, verdict }))
  return ended(context, ports, { ...seen, ...late(over, now, verdict), detail: '' })
}

type Judged = Seen & { readonly verdict: WatchVerdict }

/** What was not asked proves nothing: then it is not called good, and the setting that it wants is named. */
async function sure(
  ports: Ports,
  input: Input,
  judged: Judged,
): Promise<Judged & { readonly detail: string }> {
  const wanted = await wantedSetting(ports, input, judged)
  if (wanted === null) return { ...judged, detail: '' }
  const verdict = judged.verdict.kind === 'pass' ? notAsked : judged.verdict
  return { ...judged, verdict, detail: settingMissing(wanted) }
}

function late(
  over: Date,
  now: Date,
  verdict: WatchVerdict = { kind: 'fail', because: 'probe-failed' },
): { readonly verdict: WatchVerdict } {
  const isLate = now > after(over, tooLateSeconds)
  return { verdict: isLate ? { kind: 'inconclusive', because: 'too-late' } : verdict }
}

/** No data is never a pass: where nothing was asked, nobody knows. */
function judge({ plan, ...of }: Input, seen: Seen, isOver: boolean): WatchVerdict | null {
  if (plan.metrics !== null && of['with-metrics']) return judgeRates({ ...seen, isOver })
  if (!isOver) return null
  return plan.probes.length > 0 ? { kind: 'pass' } : { kind: 'inconclusive', because: 'no-data' }
}

/** What we may not ask is not broken. */
async function brokenProbe({ probes }: Ports, plan: DeployPlan): Promise<string | null> {
  for (const probe of plan.probes) {
    if ((await probes.missing(probe)) !== null) continue
    const answers = await probes.ask(probe, (answer) => isGoodAnswer(probe, answer))
    if (doesNotWork(probe, answers)) return `${probe.url}: ${answers.at(-1)?.detail ?? ''}`
  }
  return null
}

interface Looking {
  readonly context: StepContext
  readonly until: Date
}

/** S2-24, S2-28: what people report while it is watched. That nobody does proves nothing. */
async function reportedBroken(
  { reports }: Ports,
  { plan, liveAt, ...of }: Input,
  { context, until }: Looking,
): Promise<string | null> {
  if (plan.reports === null || !of['with-metrics']) return null
  const { repository } = deployOf(context)
  const window = { from: new Date(liveAt), to: until }
  const issues = await reports.labelled(repository, plan.reports.label, window)
  return issues.length === 0 ? null : issues.map((number) => `#${number}`).join(', ')
}

const reported: WatchVerdict = { kind: 'fail', because: 'people-report' }

/** Equal windows (K27): as long before the deploy began as is looked at after it settled. */
async function countAll(
  { metrics }: Ports,
  { plan, begunAt }: Input,
  { settled, over, now }: { readonly settled: Date; readonly over: Date; readonly now: Date },
): Promise<Seen> {
  if (plan.metrics === null) return { before: null, after: null }
  const began = new Date(begunAt)
  const before = { from: after(began, -plan['bake-seconds']), to: began }
  const since = { from: settled, to: min(over, now) }
  return {
    before: await metrics.count(plan.metrics, before),
    after: since.to > since.from ? await metrics.count(plan.metrics, since) : null,
  }
}

const notAsked: WatchVerdict = { kind: 'inconclusive', because: 'no-data' }

/** The setting without which something was not asked; null where all was. */
async function wantedSetting(
  { metrics, probes }: Ports,
  { plan, ...of }: Input,
  { after: since }: Seen,
): Promise<DeploySetting | null> {
  for (const probe of plan.probes) {
    const setting = await probes.missing(probe)
    if (setting !== null) return setting
  }
  if (plan.metrics === null || !of['with-metrics'] || since !== null) return null
  return await metrics.missing(plan.metrics)
}

function min(one: Date, other: Date): Date {
  return one < other ? one : other
}

function waitUntil(time: Date, now: Date): Outcome {
  const timeoutMs = Math.max(100, time.getTime() - now.getTime())
  return { kind: 'wait', topic: deployTopic, timeoutMs, resumes: true }
}

function ended(
  context: StepContext,
  { clock }: Ports,
  { verdict, detail, before, after: since }: Seen & { verdict: WatchVerdict; detail: string },
): Outcome {
  context.note(watchNote(verdict, { before, after: since, detail }))
  const because = verdict.kind === 'pass' ? null : verdict.because
  const decidedAt = clock.now().toISOString()
  const outputs = {
    verdict: verdict.kind,
    because,
    detail,
    before: json.parse(before),
    after: json.parse(since),
    decidedAt,
  }
  return { kind: 'done', outputs }
}
