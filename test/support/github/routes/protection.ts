import { Hono } from 'hono'
import { z } from 'zod'

import { appBehind } from '../actor.ts'
import { bodyOf, type Env, here, numbered } from '../context.ts'
import type { House } from '../house.ts'
import { say } from '../protection.ts'

const word = z.object({
  environment_name: z.string(),
  state: z.enum(['approved', 'rejected']).nullable().default(null),
  comment: z.string().default(''),
})

/** Below `/repos/{owner}/{repo}`: what an app says of a run that waits for its word. */
export function protectionRoutes(house: House): Hono<Env> {
  const routes = new Hono<Env>()
  routes.post('/actions/runs/:run/deployment_protection_rule', async (c) => {
    const repository = here(house, c, 'deployments:write')
    const run = numbered(c, 'run', repository.checks.workflowRuns)
    const { environment_name: environment, ...said } = await bodyOf(c, word)
    say(repository, { run, app: appBehind(c.get('actor')), environment, ...said })
    return c.body(null, 204)
  })
  return routes
}
