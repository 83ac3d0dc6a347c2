import { Hono } from 'hono'
import { z } from 'zod'

import { labelAnswer, labelingAnswer, labelsOf } from '../answers/issues.ts'
import { bodyOf, type Env, here, param, type Request, someone } from '../context.ts'
import { type House, nextId } from '../house.ts'
import { addLabels, removeLabel } from '../issues.ts'
import { pageOf } from '../paging.ts'
import { invalid, notFound, Refusal } from '../refusal.ts'
import { issueHere, mayTriage } from './issues.ts'

/** Below `/repos/{owner}/{repo}`: labels and what bears them. */
export function labelRoutes(house: House): Hono<Env> {
  const routes = new Hono<Env>()
  ownRoutes(house, routes)
  routes.get('/issues/:number{[0-9]+}/labels', (c) => {
    const { repository, issue } = issueHere(house, c, 'read')
    return c.json(pageOf(c, labelsOf(house, repository, issue)).items)
  })
  routes.get('/issues/:number{[0-9]+}/events', (c) => {
    const { repository, issue } = issueHere(house, c, 'read')
    const { items } = pageOf(c, issue.labelings)
    return c.json(items.map((one) => labelingAnswer(house, repository, one)))
  })
  routes.post('/issues/:number{[0-9]+}/labels', async (c) => {
    const { repository, issue } = triaged(house, c)
    const names = namesIn(await bodyOf(c, namesShape))
    await addLabels(house, { repository, issue, by: someone(c), names })
    return c.json(labelsOf(house, repository, issue))
  })
  routes.put('/issues/:number{[0-9]+}/labels', async (c) => {
    const { repository, issue } = triaged(house, c)
    const names = namesIn(await bodyOf(c, namesShape))
    const at = { repository, issue, by: someone(c) }
    for (const name of issue.labels)
      if (!names.includes(name)) await removeLabel(house, { ...at, name })
    await addLabels(house, { ...at, names })
    return c.json(labelsOf(house, repository, issue))
  })
  routes.delete('/issues/:number{[0-9]+}/labels/:name', async (c) => {
    const { repository, issue } = triaged(house, c)
    const name = param(c, 'name')
    if (!(await removeLabel(house, { repository, issue, by: someone(c), name })))
      throw new Refusal(404, 'Label does not exist')
    return c.json(labelsOf(house, repository, issue))
  })
  return routes
}

function ownRoutes(house: House, routes: Hono<Env>): void {
  routes.get('/labels', (c) => {
    const repository = here(house, c, 'issues|pull_requests:read')
    const { items } = pageOf(c, [...repository.labels.values()])
    return c.json(items.map((label) => labelAnswer(house, repository, label)))
  })
  routes.post('/labels', async (c) => {
    const repository = here(house, c, 'issues|pull_requests:write')
    const { name, color, description } = await bodyOf(c, labelShape)
    if (repository.labels.has(name.toLowerCase()))
      throw invalid({ resource: 'Label', code: 'already_exists', field: 'name' })
    const label = { id: nextId(house), name, color, description: description ?? null }
    repository.labels.set(name.toLowerCase(), label)
    return c.json(labelAnswer(house, repository, label), 201)
  })
  routes.get('/labels/:name', (c) => {
    const repository = here(house, c, 'issues|pull_requests:read')
    const label = repository.labels.get(param(c, 'name').toLowerCase())
    if (label === undefined) throw notFound()
    return c.json(labelAnswer(house, repository, label))
  })
}

/** Only those who may triage change labels. */
function triaged(house: House, c: Request) {
  const at = issueHere(house, c, 'write')
  if (!mayTriage(c, at.repository)) throw new Refusal(403, 'Must have triage rights to Repository.')
  return at
}

const labelShape = z.object({
  name: z.string(),
  color: z.string().default('ededed'),
  description: z.string().optional(),
})
const names = z.array(z.union([z.string(), z.object({ name: z.string() })]))
const namesShape = z.union([names, z.object({ labels: names })])

function namesIn(body: z.infer<typeof namesShape>): string[] {
  const list = 'labels' in body ? body.labels : body
  return list.map((one) => (typeof one === 'string' ? one : one.name))
}
