import { z } from 'zod'

import { deployPlan } from '#domain/deploy.ts'
import { json, type Outcome } from '#domain/outcome.ts'
import type { DeployOrder, Deployments, DeployTarget, TargetState } from '#ports/deployments.ts'
import type { RunStore } from '#ports/run-store.ts'
import type { StepContext, StepKind } from '#ports/step.ts'
import type { Clock } from '#ports/world.ts'

import { after, deployOf, deployTopic, leaseFrom } from './deploy-run.ts'

interface Ports {
  readonly deployments: Pick<Deployments, 'turn' | 'live'>
  readonly target: DeployTarget
  readonly store: Pick<RunStore, 'append'>
  readonly clock: Clock
}

const input = z.strictObject({
  plan: deployPlan,
  sha: z.string(),
})
type Input = z.infer<typeof input>

/** Has a commit deployed and waits until it is live. Begun once, however often the step is run. */
export function deployCommit(ports: Ports): StepKind<Input> {
  return {
    name: 'deploy-commit',
    input,
    outputs: ['begunAt', 'liveAt', 'trace'],
    sideEffect: 'production',
    run: (input, context) => deploy(ports, { ...input, task: 'deploy' }, context),
  }
}

/** Brings back what was there before: whatever was lost or switched off, it makes things as they were (I10). */
export function restoreCommit(ports: Ports): StepKind<Input> {
  return {
    name: 'restore-commit',
    input,
    outputs: ['begunAt', 'liveAt', 'trace'],
    sideEffect: 'production',
    undoes: 'deploy-commit',
    run: (input, context) => deploy(ports, { ...input, task: 'rollback' }, context),
  }
}

async function deploy(
  ports: Ports,
  input: Input & Pick<DeployOrder, 'task'>,
  context: StepContext,
): Promise<Outcome> {
  const { repository, environment } = deployOf(context)
  const { plan, sha, task } = input
  const turn = await ports.deployments.turn(context.runId, leaseFrom(ports.clock))
  if (task === 'deploy' && turn !== 'ours')
    return { kind: 'failed', reason: 'turn-lost', detail: environment }
  const key = `${context.runId} ${task}`
  const { taskId } = context.event
  const means = { means: plan.by, patienceSeconds: plan['patience-seconds'] }
  const order = { repository, environment, sha, task, ...means, taskId, key }
  const state = await ports.target.bring(order)
  if (state.kind === 'pending') return pending(ports, plan, state)
  await recordCarried(ports, { runId: context.runId, order, state })
  if (state.kind === 'failed') return failed(state)
  if (task === 'deploy') await ports.deployments.live(context.runId, state.at)
  const { begunAt, at, trace } = state
  const outputs = { begunAt: begunAt.toISOString(), liveAt: at.toISOString(), trace }
  return { kind: 'done', outputs }
}

interface Carried {
  readonly runId: string
  readonly order: DeployOrder
  readonly state: Exclude<TargetState, { kind: 'pending' }>
}

/** What whoever carried it out said of it, once for each order. */
async function recordCarried({ store }: Ports, { runId, order, state }: Carried): Promise<void> {
  const { kind, trace } = state
  const said = state.kind === 'failed' ? state.detail : (state.said ?? '')
  const data = json.parse({ sha: order.sha, means: order.means, kind, trace, said })
  await store.append({ runId, key: `facts/carried-${order.task}`, type: 'deploy-carried', data })
}

function failed({ detail, trace }: Extract<TargetState, { kind: 'failed' }>): Outcome {
  const where = trace === null ? '' : ` ${trace}`
  return { kind: 'failed', reason: 'build-failed', detail: `${detail}${where}` }
}

function pending(
  { clock }: Ports,
  plan: Input['plan'],
  { begunAt }: Extract<TargetState, { kind: 'pending' }>,
): Outcome {
  const patience = plan['patience-seconds']
  if (clock.now() >= after(begunAt, patience))
    return { kind: 'failed', reason: 'deploy-timed-out', detail: `${patience} s` }
  const timeoutMs = plan['poll-seconds'] * 1000
  return { kind: 'wait', topic: deployTopic, timeoutMs, resumes: true }
}
