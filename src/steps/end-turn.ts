import type { DeployState } from '#domain/deploy.ts'
import type { HostedRepository } from '#domain/hosted.ts'
import type { OpenGates } from '#ports/approvals.ts'
import type { Deployments } from '#ports/deployments.ts'
import type { Engine } from '#ports/engine.ts'
import type { Clock } from '#ports/world.ts'

import { deployTopic } from './deploy-run.ts'

export interface TurnPorts {
  readonly deployments: Pick<Deployments, 'end' | 'underWay'>
  readonly engine: Pick<Engine, 'signal'>
  readonly openGates: Pick<OpenGates, 'wake'>
  readonly clock: Clock
}

interface Ended {
  readonly runId: string
  readonly repository: HostedRepository
  readonly environment: string
  readonly state: DeployState
}

/**
 * A run leaves the environment, and who waits for that hears of it, else they would look in a while (S2-17): whoever is next
 * in line, and the gates, of which one may wait for a version to be held against.
 */
export async function endTurn(
  { deployments, engine, openGates, clock }: TurnPorts,
  { runId, repository, environment, state }: Ended,
): Promise<void> {
  const now = clock.now()
  await deployments.end(runId, state, now)
  await openGates.wake(repository, false, now)
  const [next] = await deployments.underWay(repository.id, environment)
  if (next !== undefined) await engine.signal(next, deployTopic, 'turn', `after ${runId}`)
}
