import { Hono } from 'hono'
import { z } from 'zod'

import { bodyOf, type Env, here, param } from '../context.ts'
import type { House } from '../house.ts'
import { notFound, Refusal } from '../refusal.ts'

const newVariable = z.object({ name: z.string(), value: z.string() })

/** Below `/repos/{owner}/{repo}/actions/variables`; GitHub keeps every name in capitals. */
export function variableRoutes(house: House): Hono<Env> {
  const routes = new Hono<Env>()
  routes.post('/actions/variables', async (c) => {
    const { variables } = here(house, c, 'actions_variables:write')
    const asked = await bodyOf(c, newVariable)
    const name = asked.name.toUpperCase()
    if (variables.has(name)) throw new Refusal(409, 'Already exists - Variable already exists')
    variables.set(name, { name, value: asked.value, at: house.now() })
    return c.json({}, 201)
  })
  routes.get('/actions/variables/:name', (c) => {
    const { variables } = here(house, c, 'actions_variables:read')
    const found = variables.get(param(c, 'name').toUpperCase())
    if (found === undefined) throw notFound()
    const at = found.at.toISOString()
    return c.json({ name: found.name, value: found.value, created_at: at, updated_at: at })
  })
  return routes
}
