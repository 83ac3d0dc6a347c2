import { z } from 'zod'

import type { Outcome } from '#domain/outcome.ts'
import type { Deployments, Gates } from '#ports/deployments.ts'
import type { StepContext, StepKind } from '#ports/step.ts'
import type { Clock } from '#ports/world.ts'

import { deployOf, deployTopic, leaseFrom } from './deploy-run.ts'

interface Ports {
  readonly deployments: Pick<Deployments, 'enter' | 'turn'>
  readonly gates: Gates
  readonly clock: Clock
}

const input = z.strictObject({})

/** Stands in line for the environment: one deploy at a time, first come, first served (I4). */
export function awaitTurn(ports: Ports): StepKind<z.infer<typeof input>> {
  return {
    name: 'await-turn',
    input,
    outputs: [],
    sideEffect: 'none',
    run: (_input, context) => wait(ports, context),
  }
}

async function wait(ports: Ports, context: StepContext): Promise<Outcome> {
  const { deployments, gates, clock } = ports
  const request = deployOf(context)
  const { repository, environment, pull, sha } = request
  const { runId } = context
  const place = { runId, repository: repository.id, environment, pull, sha }
  await deployments.enter(place, leaseFrom(clock))
  const turn = await deployments.turn(runId, leaseFrom(clock))
  if (turn === 'ours') return { kind: 'done', outputs: {} }
  if (turn === 'lost') return { kind: 'failed', reason: 'turn-lost', detail: environment }
  const gate = await gates.ask(request)
  if (gate?.plan === null || gate?.plan === undefined)
    return { kind: 'failed', reason: 'gate-closed', detail: environment }
  const timeoutMs = gate.plan['poll-seconds'] * 1000
  return { kind: 'wait', topic: deployTopic, timeoutMs, resumes: true }
}
