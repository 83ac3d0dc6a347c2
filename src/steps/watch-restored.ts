import { z } from 'zod'

import { deployPlan, type PastDeploy } from '#domain/deploy.ts'
import { json, type Outcome } from '#domain/outcome.ts'
import type { Counts, WatchVerdict } from '#domain/watch.ts'
import { restoredMarker, restoredWords } from '#messages/deploy-restored.ts'
import { judgeRates } from '#policy/regression.ts'
import { wentOut } from '#policy/take-back.ts'
import type { Deployments, MetricSource } from '#ports/deployments.ts'
import type { Comments } from '#ports/hosting.ts'
import type { RunStore } from '#ports/run-store.ts'
import type { StepContext, StepKind } from '#ports/step.ts'
import type { Clock } from '#ports/world.ts'

import { after, deployOf, deployTopic } from './deploy-run.ts'

interface Ports {
  readonly deployments: Pick<Deployments, 'past'>
  readonly metrics: Pick<MetricSource, 'count'>
  readonly comments: Pick<Comments, 'show'>
  readonly store: Pick<RunStore, 'append'>
  readonly clock: Clock
}

const input = z.strictObject({
  plan: deployPlan,
  /** Since when the version before is live again. */
  restoredAt: z.iso.datetime(),
  /** The issue of the incident; null where there is none. */
  incident: z.number().nullable(),
})
type Input = z.infer<typeof input>

/**
 * Sees whether errors are what they were before the bad deploy (S2-32): as long as that was to be watched, in equal windows
 * (K27). It tells people and holds nothing up; there is no rollback of a rollback.
 */
export function watchRestored(ports: Ports): StepKind<Input> {
  return {
    name: 'watch-restored',
    input,
    outputs: ['verdict'],
    sideEffect: 'external',
    run: (input, context) => watch(ports, input, context),
  }
}

async function watch(ports: Ports, input: Input, context: StepContext): Promise<Outcome> {
  const { plan, restoredAt } = input
  const now = ports.clock.now()
  const settled = after(new Date(restoredAt), plan['settle-seconds'])
  const over = after(settled, plan['bake-seconds'])
  if (now < over) {
    const timeoutMs = Math.max(100, over.getTime() - now.getTime())
    return { kind: 'wait', topic: deployTopic, timeoutMs, resumes: true }
  }
  const { repository, environment } = deployOf(context)
  const past = await ports.deployments.past(repository.id, environment)
  const seen = await countAll(ports, input, { past, settled, over, context })
  const isAlone = !wentOut(past, new Date(restoredAt))
  const judged = judgeRates({ ...seen, isOver: true }) ?? unknown
  await tell(ports, input, { context, seen, verdict: isAlone ? judged : unknown })
  return { kind: 'done', outputs: { verdict: isAlone ? judged.kind : unknown.kind } }
}

const unknown: WatchVerdict = { kind: 'inconclusive', because: 'too-late' }

interface Windows {
  readonly past: readonly PastDeploy[]
  readonly settled: Date
  readonly over: Date
  readonly context: StepContext
}

/** Before the bad one stood in line what ran was what runs again. */
async function countAll(
  { metrics }: Ports,
  { plan }: Input,
  { past, settled, over, context: { runId, event } }: Windows,
): Promise<{ readonly before: Counts | null; readonly after: Counts | null }> {
  if (plan.metrics === null) return { before: null, after: null }
  const bad = event.kind === 'rollback-asked' ? event.rollback.run : runId
  const to = past.find((one) => one.runId === bad)?.enteredAt
  const from = to && after(to, -plan['bake-seconds'])
  return {
    before: to && from ? await metrics.count(plan.metrics, { from, to }) : null,
    after: await metrics.count(plan.metrics, { from: settled, to: over }),
  }
}

interface Seen {
  readonly context: StepContext
  readonly seen: { readonly before: Counts | null; readonly after: Counts | null }
  readonly verdict: WatchVerdict
}

async function tell(
  { store, comments }: Ports,
  { incident }: Input,
  { context, seen, verdict }: Seen,
): Promise<void> {
  const { repository, environment, pull } = deployOf(context)
  const { runId } = context
  const data = json.parse({ environment, verdict, ...seen })
  await store.append({ runId, key: 'facts/restored-watched', type: 'restored-watched', data })
  const marker = restoredMarker(runId)
  const body = `${marker}\n${restoredWords(environment, verdict, seen)}`
  for (const issue of incident === null ? [pull] : [pull, incident])
    await comments.show(repository, { issue, marker, body })
}
