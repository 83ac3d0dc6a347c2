import type { DeployRequest, RollbackRequest } from '#domain/deploy.ts'
import type { Lease } from '#ports/deployments.ts'
import type { StepContext } from '#ports/step.ts'
import type { Clock } from '#ports/world.ts'

/** The topic on which a deploy hears that there may be news. */
export const deployTopic = 'deploy'

/** So long a deploy may be silent before others go by: longer than any of its waits. */
const leaseMs = 60 * 60_000

/** What is deployed where; its commit is the event's `ref`. */
export function deployOf({ event }: Pick<StepContext, 'event'>): DeployRequest & { sha: string } {
  const isDeploy = event.kind === 'deploy-approved' || event.kind === 'rollback-asked'
  if (isDeploy && event.ref !== null) return { ...event.deploy, sha: event.ref }
  throw new Error(`The event ${event.kind} says nothing about a deploy.`)
}

/** What a person wants taken back, and who wants it. */
export function rollbackOf({ event }: Pick<StepContext, 'event'>): RollbackRequest {
  if (event.kind === 'rollback-asked') return event.rollback
  throw new Error(`The event ${event.kind} does not ask for a rollback.`)
}

export function leaseFrom(clock: Clock): Lease {
  const now = clock.now()
  return { now, until: new Date(now.getTime() + leaseMs) }
}

export function after(time: Date, seconds: number): Date {
  return new Date(time.getTime() + seconds * 1000)
}
