import type { DeployState } from '#domain/deploy.ts'
import type { HostedRepository } from '#domain/hosted.ts'
import type { Deployments } from '#ports/deployments.ts'
import type { Engine } from '#ports/engine.ts'
import type { Clock } from '#ports/world.ts'

import { deployTopic } from './deploy-run.ts'

export interface TurnPorts {
  readonly deployments: Pick<Deployments, 'end' | 'underWay'>
  readonly engine: Pick<Engine, 'signal'>
  readonly clock: Clock
}

interface Ended {
  readonly runId: string
  readonly repository: HostedRepository
  readonly environment: string
  readonly state: DeployState
}

/** A run leaves the environment, and whoever is next in line hears of it: else it would look in a while (S2-17). */
export async function endTurn(
  { deployments, engine, clock }: TurnPorts,
  { runId, repository, environment, state }: Ended,
): Promise<void> {
  await deployments.end(runId, state, clock.now())
  const [next] = await deployments.underWay(repository.id, environment)
  if (next !== undefined) await engine.signal(next, deployTopic, 'turn', `after ${runId}`)
}
