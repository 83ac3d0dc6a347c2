import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { type Database, openDatabase } from '#adapters/postgres/database.ts'

import { badServer, fromCounts } from '../support/deployed-kiosk.ts'
import { openShopWithWorkflow } from '../support/deploying-shop.ts'
import { type startService, until } from '../support/service.ts'

let world: Awaited<ReturnType<typeof openShopWithWorkflow>>
let service: ReturnType<typeof startService>
let database: Database
let client: Client

beforeAll(async () => {
  world = await openShopWithWorkflow({ metrics: fromCounts })
  // The database is not what is killed here.
  database = await openDatabase({ databaseUrl: null, directory: world.hosted.at.home })
  client = new Client({ connectionString: database.url })
  await client.connect()
  service = world.hosted.start()
  await service.until('ready')
})
afterAll(async () => {
  service.process.kill('SIGTERM')
  await service.process
  await client.end()
  await database.stop()
  await world.close()
})

/** As an out-of-memory killer would, at this very moment; and somebody starts it again. */
async function killAndStart(): Promise<void> {
  service.process.kill('SIGKILL')
  await service.process
  service = world.hosted.start()
}

/** The process dies after GitHub did what it asked, and before it hears of it. */
function killAfter(route: string): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const act = async (): Promise<void> => {
    service.process.kill('SIGKILL')
    await service.process
    resolve()
  }
  world.hosted.shop.github.faults.add({ route, fault: { kind: 'afterwards', act }, times: 1 })
  return promise
}

/** Until the deploy of a pull request has begun a step, or ended it, in any life of the process. */
async function reached(pull: number, step: string, isOver: boolean): Promise<void> {
  await until(async () => {
    const { rows } = await client.query<{ state: string }>(
      `select attempts.state from goalkeeper.attempts join goalkeeper.deployments on run_id = run
       where pull = $1 and step = $2`,
      [pull, step],
    )
    return rows.some(({ state }) => !isOver || state === 'succeeded')
  })
}

const routes = {
  deployment: 'POST /repos/{owner}/{repo}/deployments',
  dispatch: 'POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches',
  pull: 'POST /repos/{owner}/{repo}/pulls',
  issue: 'POST /repos/{owner}/{repo}/issues',
}

test('a service killed at every point of a deploy and of its rollback does each of them once', async () => {
  const { deployer } = world
  const kills: string[] = []
  const after = async (what: string, isSo: Promise<void>): Promise<void> => {
    await isSo
    await killAndStart()
    kills.push(what)
  }

  const good = await world.propose('Warmer tea', { 'src/tea.js': 'export const warm = true\n' })
  const started = killAfter(routes.dispatch)
  await world.mergeAndApprove(good)
  await after('between: the approval is used', reached(good, 'consume', true))
  await after('the workflow is started', started)
  await after('inside: it is watched', reached(good, 'verify', false))
  expect(await world.outcomesOn(good)).toEqual([expect.stringContaining('SUCCESSFUL')])

  const bad = await world.propose('Faster checkout', badServer)
  const asked = killAfter(routes.deployment)
  await world.mergeAndApprove(bad)
  await after('the deployment is there', asked)
  const askedBack = killAfter(routes.deployment)
  await after('between: it is live', reached(bad, 'deploy', true))
  const startedBack = killAfter(routes.dispatch)
  await after('the deployment of the rollback is there', askedBack)
  await after('its workflow is started', startedBack)
  await after('between: the version before is back', reached(bad, 'restore', true))
  const pull = killAfter(routes.pull)
  await after('before the revert: it was looked at', reached(bad, 'look', true))
  const issue = killAfter(routes.issue)
  await after('the revert is there', pull)
  await after('the incident is there', issue)
  const outcomes = await world.outcomesOn(bad)

  expect(outcomes).toEqual([expect.stringContaining('Rolled back to previous version')])
  expect(kills).toHaveLength(11)
  expect(deployer.done.map(({ task }) => task)).toEqual(['deploy', 'deploy', 'rollback'])
  expect(deployer.done.at(-1)?.sha).toBe(deployer.done[0]?.sha)
  expect(world.hosted.shop.repository.deployments).toHaveLength(3)
  expect(await world.reverts()).toHaveLength(1)
  expect(await world.incidents()).toHaveLength(1)
  const { rows } = await client.query('select state from goalkeeper.deployments order by sequence')
  expect(rows).toEqual([{ state: 'verified' }, { state: 'rolled-back' }])
})
