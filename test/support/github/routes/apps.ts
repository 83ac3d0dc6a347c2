import { randomBytes } from 'node:crypto'

import { Hono } from 'hono'
import { z } from 'zod'

import { covers } from '../access.ts'
import { repositoryCalled } from '../access.ts'
import { appAnswer, installationAnswer } from '../answers/accounts.ts'
import { repositoryAnswer } from '../answers/repositories.ts'
import { bodyOf, type Env, numbered, param, type Request } from '../context.ts'
import { type House, time } from '../house.ts'
import { pageOf } from '../paging.ts'
import { invalid, notFound, Refusal } from '../refusal.ts'
import type {
  App,
  Installation,
  InstallationToken,
  Level,
  Permissions,
  Repository,
} from '../state.ts'

const hour = 3_600_000
const levels: readonly Level[] = ['read', 'write', 'admin']

/** What an app asks about itself, and the tokens of its installations. */
export function appRoutes(house: House): Hono<Env> {
  const routes = new Hono<Env>()
  routes.get('/app', (c) => {
    const app = theApp(c)
    const installations_count = installationsOf(house, app).length
    return c.json({ ...appAnswer(house, app), installations_count })
  })
  routes.get('/app/installations', (c) => {
    const { items } = pageOf(c, installationsOf(house, theApp(c)))
    return c.json(items.map((one) => installationAnswer(house, one)))
  })
  routes.get('/app/installations/:installation', (c) =>
    c.json(installationAnswer(house, theInstallation(house, c))),
  )
  routes.post('/app/installations/:installation/access_tokens', async (c) => {
    const asked = await bodyOf(c, tokenShape)
    return c.json(newToken(house, theInstallation(house, c), asked), 201)
  })
  routes.get('/repos/:owner/:repo/installation', (c) => {
    const app = theApp(c)
    const repository = repositoryCalled(house, param(c, 'owner'), param(c, 'repo'))
    const found = installationsOf(house, app).find(
      (one) => repository !== null && covers(one, repository),
    )
    if (found === undefined) throw notFound()
    return c.json(installationAnswer(house, found))
  })
  routes.get('/installation/repositories', (c) => {
    const actor = c.get('actor')
    if (actor.kind !== 'installation') throw new Refusal(403, 'Resource not accessible')
    const { items, total } = pageOf(c, reached(house, actor.token))
    const repositories = items.map((one) => repositoryAnswer(house, one))
    return c.json({ total_count: total, repository_selection: 'selected', repositories })
  })
  return routes
}

/** The app whose JSON web token came along. */
export function theApp(c: Request): App {
  const actor = c.get('actor')
  if (actor.kind !== 'app') throw new Refusal(401, 'A JSON web token could not be decoded')
  return actor.app
}

const tokenShape = z.object({
  repositories: z.array(z.string()).optional(),
  repository_ids: z.array(z.number()).optional(),
  permissions: z.record(z.string(), z.enum(['read', 'write', 'admin'])).optional(),
})

function newToken(house: House, installation: Installation, asked: z.infer<typeof tokenShape>) {
  if (installation.suspendedAt !== null)
    throw new Refusal(403, 'This installation has been suspended')
  const permissions = narrowed(installation.permissions, asked.permissions)
  const chosen = chosenRepositories(house, installation, asked)
  const token: InstallationToken = {
    token: `ghs_${randomBytes(18).toString('hex')}`,
    installation,
    permissions,
    repositoryIds: chosen?.map(({ id }) => id) ?? null,
    expiresAt: new Date(house.now().getTime() + hour),
  }
  house.state.tokens.set(token.token, token)
  return {
    token: token.token,
    expires_at: time(token.expiresAt),
    permissions,
    repository_selection:
      chosen === null && installation.repositoryIds === null ? 'all' : 'selected',
    ...(chosen === null ? {} : { repositories: chosen.map((one) => repositoryAnswer(house, one)) }),
  }
}

function narrowed(granted: Permissions, asked: Permissions | undefined): Permissions {
  if (asked === undefined) return { ...granted, metadata: 'read' }
  for (const [name, level] of Object.entries(asked)) {
    const most = name === 'metadata' ? 'read' : granted[name]
    if (most === undefined || levels.indexOf(level) > levels.indexOf(most))
      throw new Refusal(422, 'The permissions requested are not granted to this installation.')
  }
  return { ...asked, metadata: 'read' }
}

type Asked = Pick<z.infer<typeof tokenShape>, 'repositories' | 'repository_ids'>

function chosenRepositories(
  house: House,
  installation: Installation,
  asked: Asked,
): readonly Repository[] | null {
  const { repositories: names = [], repository_ids: ids = [] } = asked
  if (names.length + ids.length === 0) return null
  const all = [...house.state.repositories.values()].filter((one) => covers(installation, one))
  const chosen = all.filter((one) => names.includes(one.name) || ids.includes(one.id))
  if (chosen.length < names.length + ids.length)
    throw invalid({ resource: 'Installation', code: 'invalid', field: 'repositories' })
  return chosen
}

function reached(house: House, token: InstallationToken): readonly Repository[] {
  return [...house.state.repositories.values()]
    .filter((one) => covers(token.installation, one))
    .filter((one) => token.repositoryIds?.includes(one.id) ?? true)
}

function installationsOf({ state }: House, app: App): readonly Installation[] {
  return [...state.installations.values()].filter((one) => one.app === app)
}

function theInstallation(house: House, c: Request): Installation {
  return numbered(c, 'installation', installationsOf(house, theApp(c)))
}
