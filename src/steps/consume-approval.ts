import { z } from 'zod'

import { type AutoSeen, theRule } from '#domain/auto-approval.ts'
import { approvalUsedType } from '#domain/gate.ts'
import type { FailureReason, Outcome } from '#domain/outcome.ts'
import { json } from '#domain/outcome.ts'
import { approvalUsed } from '#messages/plan.ts'
import type { Deployments, Gates } from '#ports/deployments.ts'
import type { RunStore } from '#ports/run-store.ts'
import type { StepContext, StepKind } from '#ports/step.ts'
import type { Clock } from '#ports/world.ts'

import { deployOf } from './deploy-run.ts'

interface Ports {
  readonly deployments: Pick<Deployments, 'begin'>
  readonly gates: Gates
  readonly store: Pick<RunStore, 'append'>
  readonly clock: Clock
  /** I10: nothing new begins, or nobody is to see anything. */
  readonly mayDeploy: boolean
}

const input = z.strictObject({})

/** Asks everything once more at the moment it is used (I1): the gate, the roles of who approved, the commit; and uses it up. */
export function consumeApproval(ports: Ports): StepKind<z.infer<typeof input>> {
  return {
    name: 'consume-approval',
    input,
    outputs: ['plan', 'previous', 'by'],
    sideEffect: 'none',
    asksPeople: true,
    run: (_input, context) => consume(ports, context),
  }
}

async function consume(ports: Ports, context: StepContext): Promise<Outcome> {
  const { deployments, gates, clock, mayDeploy } = ports
  if (!mayDeploy) return failed('switched-off', context)
  const request = deployOf(context)
  const gate = await gates.ask(request)
  const isSame = gate !== null && gate.isMerged && gate.sha === request.sha
  if (!isSame || gate.plan === null || gate.standing.kind !== 'approved')
    return failed('gate-closed', context)
  const { by: people, since } = gate.standing
  const by = people.map(({ login }) => login)
  const begun = await deployments.begin(context.runId, { by, since, now: clock.now() })
  if (begun.kind !== 'begun') return failed(begun.kind, context)
  const auto = by.includes(theRule.login) ? gate.auto : null
  const used = { by, since, digest: gate.digest, auto }
  await putOnRecord(ports, context, { ...used, emergency: emergencyIn(gate, clock.now()) })
  const outputs = { plan: json.parse(gate.plan), previous: begun.previous, by }
  return { kind: 'done', outputs }
}

interface Used {
  readonly by: readonly string[]
  readonly since: Date
  readonly digest: string
  readonly auto: AutoSeen | null
  readonly emergency: ReturnType<typeof emergencyIn>
}

/** Null where it is none, or where somebody else approved it, too. A rule is nobody else. */
function emergencyIn(
  { standing, secondLookHours }: NonNullable<Awaited<ReturnType<Gates['ask']>>>,
  now: Date,
) {
  if (standing.kind !== 'approved' || standing.emergency === null) return null
  const { by, reason } = standing.emergency
  if (standing.by.some(({ id }) => id !== by.id && id !== theRule.id)) return null
  const until = new Date(now.getTime() + secondLookHours * 3_600_000)
  return { id: by.id, by: by.login, reason, until: until.toISOString() }
}

/** Whose word it was, for which commit and plan, and what the rule saw, where it was one. */
async function putOnRecord(
  { store }: Ports,
  context: StepContext,
  { by, since, digest, emergency, auto }: Used,
): Promise<void> {
  const { environment, sha, pull } = deployOf(context)
  context.note(approvalUsed(by, digest))
  await store.append({
    runId: context.runId,
    key: 'facts/approval-used',
    type: approvalUsedType,
    data: {
      environment,
      pull,
      sha,
      by: [...by],
      since: since.toISOString(),
      planDigest: digest,
      auto: json.parse(auto),
      emergency,
    },
  })
}

function failed(reason: FailureReason, context: StepContext): Outcome {
  return { kind: 'failed', reason, detail: deployOf(context).environment }
}
