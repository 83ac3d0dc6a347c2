import { z } from 'zod'

import type { Outcome } from '#domain/outcome.ts'
import { alertNews } from '#messages/dora.ts'
import { objectivesOf } from '#policy/objectives.ts'
import type { Deliveries } from '#ports/deliveries.ts'
import type { Newsroom } from '#ports/news.ts'
import type { StepContext, StepKind } from '#ports/step.ts'
import type { Clock } from '#ports/world.ts'

import { deployOf } from './deploy-run.ts'

interface Ports {
  readonly deliveries: Deliveries
  readonly newsroom: Newsroom
  readonly clock: Clock
}

const input = z.strictObject({
  /** S2-48 looks at a month. */
  days: z.number().positive().default(30),
})
type Input = z.infer<typeof input>

/** Holds the deploys of an environment against the objectives (S2-40), and tells of those that are far off (S2-41). */
export function raiseAlerts(ports: Ports): StepKind<Input> {
  return {
    name: 'raise-alerts',
    input,
    outputs: [],
    sideEffect: 'none',
    run: (input, context) => raise(ports, input, context),
  }
}

async function raise(ports: Ports, { days }: Input, context: StepContext): Promise<Outcome> {
  const { repository, environment } = deployOf(context)
  const now = ports.clock.now()
  const all = await ports.deliveries.since(new Date(now.getTime() - days * 86_400_000))
  const here = all.filter(
    (one) => one.repository === repository.id && one.environment === environment,
  )
  const at = {
    repository: repository.id,
    name: `${repository.owner}/${repository.name}`,
    environment,
    day: now.toISOString().slice(0, 10),
  }
  for (const objective of objectivesOf(here))
    if (objective.state === 'alert') await ports.newsroom.post(alertNews(objective, at))
  return { kind: 'done', outputs: {} }
}
