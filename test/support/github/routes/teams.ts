import { Hono } from 'hono'

import { type Env, param } from '../context.ts'
import type { House } from '../house.ts'
import { notFound, Refusal } from '../refusal.ts'

/** Below `/orgs/{org}/teams`: who is in a team; an app has to be installed there and may read members. */
export function teamRoutes(house: House): Hono<Env> {
  const routes = new Hono<Env>()
  routes.get('/orgs/:org/teams/:team/memberships/:username', (c) => {
    const [org, team, login] = ['org', 'team', 'username'].map((name) => param(c, name))
    const actor = c.get('actor')
    const isThere = actor.kind === 'installation' && actor.token.installation.account.login === org
    if (!isThere || actor.token.permissions['members'] === undefined)
      throw new Refusal(403, 'Resource not accessible by integration')
    const state = house.state.teams.get(`${org}/${team}`)?.get(login?.toLowerCase() ?? '')
    if (state === undefined) throw notFound()
    const url = `${house.api}/orgs/${org}/teams/${team}/memberships/${login}`
    return c.json({ url, role: 'member', state })
  })
  return routes
}
