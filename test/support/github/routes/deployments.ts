import { Hono } from 'hono'
import { z } from 'zod'

import { appBehind } from '../actor.ts'
import { deploymentAnswer, statusOfDeployment } from '../answers/deployments.ts'
import { bodyOf, type Env, here, numbered, type Request, someone } from '../context.ts'
import { broughtUpToDate, redContexts } from '../deployable.ts'
import { addStatus } from '../deployment-statuses.ts'
import type { Deployment } from '../deployments-state.ts'
import { commitAt } from '../git/refs.ts'
import { type House, nextId } from '../house.ts'
import { pageOf } from '../paging.ts'
import { Refusal } from '../refusal.ts'
import type { Repository } from '../state.ts'
import { tell } from '../webhooks/announce.ts'

/** Below `/repos/{owner}/{repo}/deployments`: what is to be deployed, and what became of it. */
export function deploymentRoutes(house: House): Hono<Env> {
  const routes = new Hono<Env>()
  routes.post('/deployments', async (c) => {
    const repository = here(house, c, 'deployments:write')
    const asked = await bodyOf(c, newDeployment)
    const by = someone(c)
    const merged = asked.auto_merge ? await broughtUpToDate(house, repository, { asked, by }) : null
    if (merged !== null) return c.json({ message: merged }, 202)
    const deployment = await create(house, c, { repository, asked })
    return c.json(deploymentAnswer(house, repository, deployment), 201)
  })
  routes.get('/deployments', (c) => {
    const repository = here(house, c, 'deployments:read')
    const { items } = pageOf(c, repository.deployments.filter(fitting(c)).toReversed())
    return c.json(items.map((one) => deploymentAnswer(house, repository, one)))
  })
  routes.get('/deployments/:deployment', (c) => {
    const repository = here(house, c, 'deployments:read')
    const one = numbered(c, 'deployment', repository.deployments)
    return c.json(deploymentAnswer(house, repository, one))
  })
  statusRoutes(house, routes)
  return routes
}

function statusRoutes(house: House, routes: Hono<Env>): void {
  routes.post('/deployments/:deployment/statuses', async (c) => {
    const repository = here(house, c, 'deployments:write')
    const deployment = numbered(c, 'deployment', repository.deployments)
    const by = { creator: someone(c), app: appBehind(c.get('actor')) }
    const asked = { ...(await bodyOf(c, newStatus)), ...by }
    const status = addStatus(house, repository, { deployment, asked })
    return c.json(statusOfDeployment(house, repository, { deployment, status }), 201)
  })
  routes.get('/deployments/:deployment/statuses', (c) => {
    const repository = here(house, c, 'deployments:read')
    const deployment = numbered(c, 'deployment', repository.deployments)
    const { items } = pageOf(c, deployment.statuses.toReversed())
    return c.json(
      items.map((status) => statusOfDeployment(house, repository, { deployment, status })),
    )
  })
}

const newDeployment = z.object({
  ref: z.string(),
  task: z.string().default('deploy'),
  auto_merge: z.boolean().default(true),
  required_contexts: z.array(z.string()).nullable().default(null),
  payload: z.unknown().default(''),
  environment: z.string().default('production'),
  description: z.string().nullable().default(null),
  transient_environment: z.boolean().default(false),
  production_environment: z.boolean().optional(),
})

const newStatus = z.object({
  state: z.enum(['error', 'failure', 'inactive', 'in_progress', 'queued', 'pending', 'success']),
  target_url: z.string().default(''),
  log_url: z.string().default(''),
  description: z.string().max(140).default(''),
  environment: z.string().optional(),
  environment_url: z.string().default(''),
  auto_inactive: z.boolean().default(true),
})

interface Wanted {
  readonly repository: Repository
  readonly asked: z.infer<typeof newDeployment>
}

async function create(house: House, c: Request, { repository, asked }: Wanted) {
  const sha = await commitAt(repository.directory, asked.ref)
  if (sha === null) throw new Refusal(422, `No ref found for: ${asked.ref}`)
  const contexts = redContexts(repository, sha, asked.required_contexts)
  if (contexts.length > 0)
    throw new Refusal(409, `Conflict: Commit status checks failed for ${asked.ref}.`)
  const now = house.now()
  const deployment: Deployment = {
    id: nextId(house),
    sha,
    ref: asked.ref,
    task: asked.task,
    payload: asked.payload,
    originalEnvironment: asked.environment,
    environment: asked.environment,
    description: asked.description,
    transient: asked.transient_environment,
    production: asked.production_environment ?? asked.environment === 'production',
    creator: someone(c),
    app: appBehind(c.get('actor')),
    createdAt: now,
    updatedAt: now,
    statuses: [],
  }
  repository.deployments.push(deployment)
  const own = { deployment: deploymentAnswer(house, repository, deployment), ...noWorkflow }
  const sender = deployment.creator
  tell(house, { name: 'deployment', action: 'created', repository, sender }, own)
  return deployment
}

/** Made by the API and not by a job of the CI. */
const noWorkflow = { workflow: null, workflow_run: null }

function fitting(c: Request): (one: Deployment) => boolean {
  const { sha, ref, task, environment } = c.req.query()
  return (one) =>
    fits(sha, one.sha) &&
    fits(ref, one.ref) &&
    fits(task, one.task) &&
    fits(environment, one.environment)
}

function fits(asked: string | undefined, is: string): boolean {
  return asked === undefined || asked === 'none' || asked === is
}
