import { Hono } from 'hono'
import { etag } from 'hono/etag'

import { actorOf } from './actor.ts'
import type { Env } from './context.ts'
import { type Deviation, judgeAnswer, judgeRequest } from './contract.ts'
import { operationOf } from './description.ts'
import { type Faults, linger, suffer } from './faults.ts'
import type { House } from './house.ts'
import { keep } from './kept.ts'
import { rateLimits } from './rate-limit.ts'
import { Refusal } from './refusal.ts'
import { actionRoutes } from './routes/actions.ts'
import { appRoutes } from './routes/apps.ts'
import { checkRoutes } from './routes/checks.ts'
import { commentRoutes } from './routes/comments.ts'
import { commitRoutes } from './routes/commits.ts'
import { contentRoutes } from './routes/contents.ts'
import { deploymentRoutes } from './routes/deployments.ts'
import { generalRoutes } from './routes/general.ts'
import { gitDatabaseRoutes } from './routes/git-database.ts'
import { hookRoutes } from './routes/hooks.ts'
import { issueRoutes } from './routes/issues.ts'
import { labelRoutes } from './routes/labels.ts'
import { mergeRoutes } from './routes/merging.ts'
import { protectionRoutes } from './routes/protection.ts'
import { pullRoutes } from './routes/pulls.ts'
import { reactionRoutes } from './routes/reactions.ts'
import { conversionRoutes } from './routes/registration.ts'
import { repositoryRoutes } from './routes/repositories.ts'
import { reviewRoutes } from './routes/reviews.ts'
import { statusRoutes } from './routes/statuses.ts'
import { teamRoutes } from './routes/teams.ts'
import { variableRoutes } from './routes/variables.ts'
import type { Courier } from './webhooks/courier.ts'

/** One request that came in, as tests count them. */
export interface Served {
  /** `POST /repos/{owner}/{repo}/issues` */
  readonly route: string
  readonly path: string
  readonly status: number
}

export interface Watch {
  readonly faults: Faults
  readonly served: Served[]
  readonly deviate: (deviation: Deviation) => void
  readonly turn: <T>(work: () => Promise<T>) => Promise<T>
  readonly courier: Pick<Courier, 'redeliver'>
}

export const prefix = '/api/v3'

/** Tests look at what was asked a moment ago. */
const mostServed = 20_000

/** The REST API: watched, with faults, behind authentication, one change at a time. */
export function restApi(house: House, watch: Watch): Hono<Env> {
  const api = new Hono<Env>()
  const limits = rateLimits(house.now)
  api.onError((error, c) => {
    if (error instanceof Refusal) return c.json(error.body(), error.status)
    watch.deviate({ route: c.req.path, side: 'answer', problems: [String(error.stack)] })
    return c.json({ message: 'Server Error' }, 500)
  })
  api.use(async (c, next) => {
    const path = c.req.path.slice(prefix.length)
    const { method } = c.req
    const operation = operationOf(method, path)
    const route = operation === null ? `${method} ${path}` : `${method} ${operation.path}`
    const fault = watch.faults.meeting(route)
    const refusal = await refusedBy(c.req.raw, path, watch)
    const answered = async (): Promise<void> => {
      if (refusal === null) await next()
      else c.res = c.json(refusal.body(), refusal.status)
    }
    const inPlace = fault === null ? await answered() : await suffer(c, fault, answered)
    if (inPlace !== undefined) c.res = inPlace
    // GitHub: what has not changed counts not against the limit.
    if (c.res.status === 304) limits.count(c, -1)
    c.header('Date', house.now().toUTCString())
    keep(watch.served, { route, path, status: c.res.status }, mostServed)
    if (fault === null || fault.kind === 'slow' || fault.kind === 'meanwhile')
      await judge({ method, path }, c.res, watch)
    await linger(fault)
  })
  api.use(etag({ weak: true }))
  api.use(async (c, next) => {
    c.set('actor', await actorOf(house, c.req.header('authorization')))
    limits.count(c, c.req.path.endsWith('/rate_limit') ? 0 : 1)
    await (c.req.method === 'GET' ? next() : watch.turn(next))
  })
  mount(api, house, watch)
  api.route('/', generalRoutes(house, limits))
  api.all('*', () => {
    throw new Refusal(404, 'Not Found')
  })
  return api
}

function mount(api: Hono<Env>, house: House, { courier }: Watch): void {
  api.route('/', appRoutes(house))
  api.route('/', hookRoutes(courier))
  api.route('/', conversionRoutes(house))
  api.route('/', teamRoutes(house))
  const inside = [
    repositoryRoutes,
    checkRoutes,
    statusRoutes,
    deploymentRoutes,
    commitRoutes,
    contentRoutes,
    gitDatabaseRoutes,
    actionRoutes,
    protectionRoutes,
    variableRoutes,
    // Before issues: their paths are longer.
    commentRoutes,
    reactionRoutes,
    labelRoutes,
    issueRoutes,
    mergeRoutes,
    reviewRoutes,
    pullRoutes,
  ]
  for (const routes of inside) api.route('/repos/:owner/:repo', routes(house))
}

/** What GitHub's description has against a request: told to the test, and a 422 where the body is wrong. */
async function refusedBy(request: Request, path: string, watch: Watch): Promise<Refusal | null> {
  const body = request.method === 'GET' ? '' : await request.clone().text()
  const { searchParams: query } = new URL(request.url)
  const found = judgeRequest({ method: request.method, path, query, body })
  if (found === null) return null
  watch.deviate(found)
  const wrong = found.problems.some((one) => !one.startsWith('query') && one !== 'no such route')
  return wrong ? new Refusal(422, `Invalid request.\n\n${found.problems.join('\n')}`) : null
}

async function judge(
  asked: { readonly method: string; readonly path: string },
  response: Response,
  { deviate }: Watch,
): Promise<void> {
  if (response.status === 304) return
  const body = await response.clone().text()
  const found = judgeAnswer(asked, { status: response.status, body })
  if (found !== null) deviate(found)
}
