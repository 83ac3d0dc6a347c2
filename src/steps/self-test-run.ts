import type { SelfTestPlace } from '#domain/self-test.ts'
import type { DeployOrder } from '#ports/deployments.ts'
import type { StepContext } from '#ports/step.ts'

/** Where this self-test is done. */
export function selfTestOf({ event }: Pick<StepContext, 'event'>): SelfTestPlace {
  if (event.kind === 'self-test-due') return event.selfTest
  throw new Error(`The event ${event.kind} asks for no self-test.`)
}

/** S2-17: how long a deploy may take, and how often it is asked for. */
export const patienceSeconds = 300
export const pollSeconds = 10

/** The one deploy of a self-test: asked for again, it is the same. */
export function trialOrder(context: StepContext, sha: string): DeployOrder {
  const { repository, environment } = selfTestOf(context)
  const { taskId } = context.event
  const key = `${context.runId} trial`
  const how = { task: 'deploy', means: null, patienceSeconds, isTrial: true } as const
  return { repository, environment, sha, taskId, key, ...how }
}
