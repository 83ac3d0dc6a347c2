import { Hono } from 'hono'

import { appBehind } from '../actor.ts'
import { annotationAnswer, checkRunAnswer, checkSuiteAnswer } from '../answers/checks.ts'
import { startCheckRun, updateCheckRun } from '../check-runs.ts'
import type { CheckRun } from '../checks-state.ts'
import { rerunSuite } from '../ci/rerun.ts'
import { bodyOf, type Env, here, numbered, param, type Request, someone } from '../context.ts'
import { commitAt, kindOf } from '../git/refs.ts'
import type { House } from '../house.ts'
import { pageOf } from '../paging.ts'
import { Refusal } from '../refusal.ts'
import type { App, Repository } from '../state.ts'
import { latestRuns } from '../suites.ts'
import { announceCheckRun } from '../webhooks/announce.ts'
import { checkShape, newCheckShape } from './check-shapes.ts'

/** Below `/repos/{owner}/{repo}`: check runs and check suites. */
export function checkRoutes(house: House): Hono<Env> {
  const routes = new Hono<Env>()
  writeRoutes(house, routes)
  readRoutes(house, routes)
  rerequestRoutes(house, routes)
  return routes
}

function writeRoutes(house: House, routes: Hono<Env>): void {
  routes.post('/check-runs', async (c) => {
    const repository = here(house, c, 'checks:write')
    const app = appOf(c)
    const asked = await bodyOf(c, newCheckShape)
    if ((await kindOf(repository.directory, asked.head_sha)) !== 'commit')
      throw new Refusal(422, `No commit found for SHA: ${asked.head_sha}`)
    const run = await startCheckRun(house, repository, { app, asked, by: someone(c) })
    return c.json(checkRunAnswer(house, repository, run), 201)
  })
  routes.patch('/check-runs/:run', async (c) => {
    const repository = here(house, c, 'checks:write')
    const run = numbered(c, 'run', repository.checks.runs)
    if (run.suite.app !== appOf(c))
      throw new Refusal(
        403,
        'Invalid app_id `' +
          String(appOf(c).id) +
          '` - check run can only be modified by the GitHub App that created it.',
      )
    await updateCheckRun(house, repository, {
      run,
      asked: await bodyOf(c, checkShape),
      by: someone(c),
    })
    return c.json(checkRunAnswer(house, repository, run))
  })
}

function readRoutes(house: House, routes: Hono<Env>): void {
  routes.get('/check-runs/:run', (c) => {
    const repository = here(house, c, 'checks:read')
    return c.json(checkRunAnswer(house, repository, numbered(c, 'run', repository.checks.runs)))
  })
  routes.get('/check-runs/:run/annotations', (c) => {
    const repository = here(house, c, 'checks:read')
    const run = numbered(c, 'run', repository.checks.runs)
    const { items } = pageOf(c, run.annotations)
    const sha = run.headSha
    return c.json(
      items.map((annotation) => annotationAnswer(house, repository, { annotation, sha })),
    )
  })
  routes.get('/commits/:ref{.+}/check-runs', async (c) => {
    const repository = here(house, c, 'checks:read')
    const sha = await shaOf(c, repository)
    return c.json(runsAnswer(house, c, { repository, fits: (run) => run.headSha === sha }))
  })
  routes.get('/check-suites/:suite/check-runs', (c) => {
    const repository = here(house, c, 'checks:read')
    const suite = numbered(c, 'suite', repository.checks.suites)
    return c.json(runsAnswer(house, c, { repository, fits: (run) => run.suite === suite }))
  })
  routes.get('/commits/:ref{.+}/check-suites', async (c) => {
    const repository = here(house, c, 'checks:read')
    const sha = await shaOf(c, repository)
    const app = Number(c.req.query('app_id') ?? Number.NaN)
    const all = repository.checks.suites
      .filter((suite) => suite.headSha === sha)
      .filter((suite) => Number.isNaN(app) || suite.app.id === app)
    const { items, total } = pageOf(c, all)
    const check_suites = []
    for (const suite of items) check_suites.push(await checkSuiteAnswer(house, repository, suite))
    return c.json({ total_count: total, check_suites })
  })
  routes.get('/check-suites/:suite', async (c) => {
    const repository = here(house, c, 'checks:read')
    const suite = numbered(c, 'suite', repository.checks.suites)
    return c.json(await checkSuiteAnswer(house, repository, suite))
  })
}

function rerequestRoutes(house: House, routes: Hono<Env>): void {
  routes.post('/check-runs/:run/rerequest', async (c) => {
    const repository = here(house, c, 'checks:write')
    const run = numbered(c, 'run', repository.checks.runs)
    announceCheckRun(house, { repository, run, action: 'rerequested', sender: someone(c) })
    return c.json({}, 201)
  })
  routes.post('/check-suites/:suite/rerequest', async (c) => {
    const repository = here(house, c, 'checks:write')
    const suite = numbered(c, 'suite', repository.checks.suites)
    await rerunSuite(house, repository, { suite, by: someone(c) })
    return c.json({}, 201)
  })
}

interface Runs {
  readonly repository: Repository
  readonly fits: (run: CheckRun) => boolean
}

function runsAnswer(house: House, c: Request, { repository, fits }: Runs) {
  const { check_name: name, status, filter, app_id: app } = c.req.query()
  const fitting = repository.checks.runs
    .filter(fits)
    .filter((run) => name === undefined || run.name === name)
    .filter((run) => status === undefined || run.status === status)
    .filter((run) => app === undefined || String(run.suite.app.id) === app)
  const { items, total } = pageOf(c, filter === 'all' ? fitting : latestRuns(fitting))
  const check_runs = items.map((run) => checkRunAnswer(house, repository, run))
  return { total_count: total, check_runs }
}

async function shaOf(c: Request, { directory }: Repository): Promise<string> {
  const sha = await commitAt(directory, param(c, 'ref'))
  if (sha === null) throw new Refusal(422, `No commit found for SHA: ${param(c, 'ref')}`)
  return sha
}

/** Only apps write checks. */
function appOf(c: Request): App {
  const app = appBehind(c.get('actor'))
  if (app === null) throw new Refusal(403, 'You must authenticate via a GitHub App.')
  return app
}
