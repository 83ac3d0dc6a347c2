import { z } from 'zod'

import type { RollbackRefusal } from '#domain/deploy.ts'
import { json, type Outcome } from '#domain/outcome.ts'
import { mayCommand } from '#policy/restraint.ts'
import { takeBackNow } from '#policy/take-back.ts'
import type { Deployments } from '#ports/deployments.ts'
import type { People } from '#ports/hosting.ts'
import type { StepContext, StepKind } from '#ports/step.ts'
import type { Clock } from '#ports/world.ts'

import { deployOf, deployTopic, leaseFrom, rollbackOf } from './deploy-run.ts'

interface Ports {
  readonly deployments: Pick<Deployments, 'turn' | 'past' | 'takeBack'>
  readonly people: Pick<People, 'roleOf'>
  readonly clock: Clock
}

const input = z.strictObject({})

/**
 * Waits until what goes on in the environment has ended, and asks everything once more: whether the person still may,
 * and whether what was meant is still live. No switch stops it (I10).
 */
export function beginRollback(ports: Ports): StepKind<z.infer<typeof input>> {
  return {
    name: 'begin-rollback',
    input,
    outputs: ['plan', 'previous', 'was'],
    sideEffect: 'none',
    asksPeople: true,
    run: (_input, context) => begin(ports, context),
  }
}

async function begin(ports: Ports, context: StepContext): Promise<Outcome> {
  const { deployments, people, clock } = ports
  const { repository, environment } = deployOf(context)
  const { by, plan } = rollbackOf(context)
  const { runId } = context
  const turn = await deployments.turn(runId, leaseFrom(clock))
  if (turn === 'lost') return refused('turn-lost')
  if (turn === 'wait') {
    const timeoutMs = plan['poll-seconds'] * 1000
    return { kind: 'wait', topic: deployTopic, timeoutMs, resumes: true }
  }
  const role = await people.roleOf(repository, by)
  if (!mayCommand({ verb: 'rollback', environment }, role)) return refused('role-too-low')
  const past = await deployments.past(repository.id, environment)
  const own = past.find((one) => one.runId === runId)
  if (own === undefined) return refused('turn-lost')
  const found = takeBackNow(past, own)
  if (found.kind === 'refused') return refused(found.because)
  const { previous, deploy } = found
  if ((await deployments.takeBack(runId, previous, clock.now())) === 'turn-lost')
    return refused('turn-lost')
  return { kind: 'done', outputs: { plan: json.parse(plan), previous, was: deploy.state } }
}

function refused(because: RollbackRefusal): Outcome {
  return { kind: 'failed', reason: 'rollback-refused', detail: because }
}
