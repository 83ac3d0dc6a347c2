import { existsSync } from 'node:fs'
import { join } from 'node:path'

import { execa } from 'execa'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'

import { engineHouse, on, until, workflows } from '../../support/engine-house.ts'

const child = join(import.meta.dirname, '../../support/engine-child.ts')
const chained = { one: ['append', 'append'], two: ['append'] }
const beatMs = 200
let house: Awaited<ReturnType<typeof engineHouse>>
let world: Awaited<ReturnType<typeof house.start>>
const killAll: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  house = await engineHouse()
})
afterEach(async () => {
  await Promise.all(killAll.splice(0).map((kill) => kill()))
  await world.stop()
})
afterAll(() => house.close())

/** Another process on the same database; it kills itself after `killAfter`, and serves when it has no run. */
function other(orders: {
  readonly executorId: string
  readonly role: 'service' | 'command'
  readonly run?: string
  readonly killAfter?: string
  readonly phases?: Readonly<Record<string, readonly string[]>>
}) {
  const { run = '', killAfter = null, phases = chained, ...rest } = orders
  const { directory } = house
  const file = join(directory, `${orders.executorId}.lines`)
  const all = { ...rest, directory, file, phases, run, killAfter, serve: run === '' }
  const started = execa(process.execPath, [child, JSON.stringify(all)], { reject: false })
  const up = new Promise((resolve) => {
    started.stdout.once('data', resolve)
  })
  const kill = (): Promise<unknown> => {
    started.kill('SIGKILL')
    return started
  }
  killAll.push(kill)
  return { ended: started, up, kill, hasWorked: () => existsSync(file) }
}

const command = (executorId: string) => house.start({ role: 'command', executorId, beatMs })

test('a command keeps its phases, so that another one costs it nothing when it is killed', async () => {
  world = await command('ours')
  const killed = other({ executorId: 'theirs', role: 'command', killAfter: '+ one/step-1' })
  await killed.up

  const ids = Array.from({ length: 4 }, (_run, index) => `kept-${index}`)
  for (const id of ids) await world.engine.start(id, 'plain', on(`acme/${id}`))
  const ends = await Promise.all(ids.map((id) => world.engine.result(id)))

  expect(ends.map(({ status }) => status)).toEqual(ids.map(() => 'succeeded'))
  expect(killed.hasWorked()).toBe(false)
  expect(house.times('+ one/step-1')).toBe(ids.length)
})

test('a run that is resumed is carried on by the process that was asked', async () => {
  const ids = ['resumed-0', 'resumed-1', 'resumed-2', 'resumed-3']
  for (const run of ids) {
    await other({ executorId: run, role: 'command', run, killAfter: '+ one/step-2' }).ended
  }
  const idle = other({ executorId: 'idle', role: 'command' })
  await idle.up
  world = await command('asked')

  for (const id of ids) await world.engine.resume(id)
  const ends = await Promise.all(ids.map((id) => world.engine.result(id)))

  expect(ends.map(({ status }) => status)).toEqual(ids.map(() => 'succeeded'))
  expect(idle.hasWorked()).toBe(false)
})

test('a run that another living process has in hand is not resumed, and that is said', async () => {
  const run = 'busy'
  const busy = other({ executorId: 'busy', role: 'command', run, phases: { one: ['linger'] } })
  await until(() => busy.hasWorked())
  world = await command('eager')

  await expect(world.engine.resume(run)).rejects.toThrow('under way in another process')

  await busy.kill()
  await world.engine.resume(run)
  expect(await world.engine.list({ unfinished: true })).toHaveLength(1)
  await world.engine.cancel(run)
})

test('a process that dies between being asked to resume and doing so leaves the run to the next', async () => {
  await other({ executorId: 'first', role: 'command', run: 'twice', killAfter: '+ one/step-2' })
    .ended
  world = await command('second')
  await world.engine.resume('twice')
  // As if it had died with the run on its queue.
  await world.pool.query(
    `update dbos.workflow_status set status = 'ENQUEUED', queue_name = 'command/gone'
     where workflow_uuid like 'twice%' and status <> 'SUCCESS'`,
  )
  await world.stop()
  world = await command('third')

  await world.engine.resume('twice')

  expect((await world.engine.result('twice')).status).toBe('succeeded')
})

test('a service leaves the run of a killed command to its --resume', async () => {
  const run = 'commanded'
  const service = other({ executorId: 'service', role: 'service' })
  await service.up
  await other({ executorId: 'owner', role: 'command', run, killAfter: '+ one/step-2' }).ended
  world = await command('next')
  await until(async () => (await world.store.run(run))?.state === 'waiting')

  await world.engine.resume(run)

  expect((await world.engine.result(run)).status).toBe('succeeded')
  expect(service.hasWorked()).toBe(false)
})

test('a command leaves the run of a killed service to the service', async () => {
  const run = 'served'
  await other({ executorId: 'old', role: 'service', run, killAfter: '+ one/step-2' }).ended
  world = await command('passing')
  await world.engine.start('passing-1', 'plain', on('acme/passing'))
  await world.engine.result('passing-1')
  const service = other({ executorId: 'new', role: 'service' })
  await service.up

  await until(async () => (await world.store.run(run))?.state === 'finished')

  expect(await world.store.run(run)).toMatchObject({ outcome: 'success' })
  expect(service.hasWorked()).toBe(true)
  expect(await world.engine.list({ unfinished: true })).toEqual([])
})

test('what a process leaves in the books is struck off when it is gone', async () => {
  const books = async (): Promise<unknown[]> => {
    const seats = await world.pool.query('select id from goalkeeper.executors')
    const queues = await world.pool.query(
      `select name as id from dbos.queues where name like 'command/%'`,
    )
    return [...seats.rows, ...queues.rows]
  }
  const killed = other({ executorId: 'killed', role: 'command' })
  await killed.up
  await killed.kill()
  world = await command('before')
  expect(await books()).toContainEqual({ id: 'command/killed' })
  await world.stop()

  world = await house.start({ role: 'command', executorId: 'after', deadAfterMs: 0, workflows })

  expect(await books()).toEqual([{ id: 'after' }, { id: 'command/after' }])
})
