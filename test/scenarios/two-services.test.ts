import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { type Database, openDatabase } from '#adapters/postgres/database.ts'

import { openBalancer } from '../support/balancer.ts'
import { cheapKiosk, cheaplyBroken } from '../support/cheap-kiosk.ts'
import { type HostedShop, openHostedShop } from '../support/hosted-shop.ts'
import { furnish } from '../support/lived-in-home.ts'
import { freePort, type ServiceAt, startService, until } from '../support/service.ts'

type Service = ReturnType<typeof startService>

let base: string
let database: Database
let client: Client
let balancer: Awaited<ReturnType<typeof openBalancer>>
let hosted: HostedShop
const places: ServiceAt[] = []
const services: Service[] = []

/** Two machines as far as one machine can be two: a home, a port and a process each, and one database. */
beforeAll(async () => {
  base = mkdtempSync(join(tmpdir(), 'goalkeeper-two-'))
  chmodSync(base, 0o711)
  database = await openDatabase({ databaseUrl: null, directory: join(base, 'database') })
  client = new Client({ connectionString: database.url })
  await client.connect()
  balancer = await openBalancer()
  hosted = await openHostedShop(cheapKiosk, { before: balancer })
  for (const name of ['one', 'two']) {
    const at = { ...hosted.at, home: join(base, name), port: await freePort() }
    furnish(at.home)
    places.push({ ...at, databaseUrl: database.url })
  }
  services.push(...places.map(startService))
  balancer.to(places.map(({ port }) => port))
  await Promise.all(services.map((one) => one.until('ready')))
})
afterAll(async () => {
  for (const one of services) one.process.kill('SIGTERM')
  await Promise.all(services.map((one) => one.process))
  await hosted.close()
  await balancer.close()
  await client.end()
  await database.stop()
  rmSync(base, { recursive: true, force: true })
})

/** The process that has a run for a branch in hand, once it is in the middle of it. */
async function inTheMiddle(branch: string): Promise<{ run: string; pid: number }> {
  const found = async () => {
    const { rows } = await client.query<{ run: string; executor: string }>(
      `select runs.id as run, status.executor_id as executor
       from goalkeeper.runs join goalkeeper.repairs as repair on repair.run_id = runs.id
       join dbos.workflow_status as status on status.workflow_uuid = runs.id
       where repair.branch = $1 and repair.ended is null and runs.state <> 'finished'`,
      [branch],
    )
    return rows[0]
  }
  await until(async () => (await found()) !== undefined)
  const { run = '', executor = '' } = (await found()) ?? {}
  return { run, pid: Number(/-(\d+)-/.exec(executor)?.[1]) }
}

async function executorsOf(run: string): Promise<readonly string[]> {
  const { rows } = await client.query<{ executor: string }>(
    'select executor_id as executor from dbos.workflow_status where workflow_uuid = $1',
    [run],
  )
  return rows.map(({ executor }) => executor)
}

async function unsettled(): Promise<number> {
  const { rows } = await client.query<{ left: number }>(
    `select count(*)::integer as left from goalkeeper.inbox where state <> 'done'`,
  )
  return rows[0]?.left ?? -1
}

async function start(index: number): Promise<void> {
  const at = places[index]
  if (at === undefined) throw new Error('there is no such place')
  const service = startService(at)
  services[index] = service
  await service.until('ready')
}

/** What a branch was given: one proposal of one commit, one check run, and nothing beside. */
async function givenTo(branch: string, red: string) {
  const fix = await hosted.fixOnce(branch, ({ draft }) => draft === false)
  const { conclusion } = await hosted.concluded(red)
  return {
    fixes: (await hosted.fixesFor(branch)).length,
    commits: (await hosted.commitsOf(fix.number)).length,
    checkRuns: (await hosted.ours(red)).length,
    conclusion,
  }
}

const once = { fixes: 1, commits: 1, checkRuns: 1, conclusion: 'success' }

test('of two processes one is killed in the middle of a run: the other takes it over within a minute', async () => {
  const red = await hosted.shop.maria.checkout.push('tea', cheaplyBroken)
  const { run, pid } = await inTheMiddle('tea')
  const killed = services.findIndex((one) => one.process.pid === pid)
  services[killed]?.process.kill('SIGKILL')
  const at = performance.now()
  await until(async () => !(await executorsOf(run))[0]?.includes(`-${pid}-`))
  const seconds = Math.round((performance.now() - at) / 1000)
  console.info(`adopted after ${seconds} s`)

  expect(killed).not.toBe(-1)
  expect(seconds).toBeLessThan(60)
  expect(await givenTo('tea', red)).toEqual(once)
  expect(balancer.taken.size).toBe(2)
  await start(killed)
})

test('a rolling restart in the middle of a run loses nothing', async () => {
  const red = await hosted.shop.maria.checkout.push('coffee', cheaplyBroken)
  await inTheMiddle('coffee')
  for (const index of [0, 1]) {
    services[index]?.process.kill('SIGTERM')
    expect((await services[index]?.process)?.exitCode).toBe(0)
    await start(index)
  }

  expect(await givenTo('coffee', red)).toEqual(once)
  await hosted.shop.github.settled()
  await until(async () => (await unsettled()) === 0)
})
