import { DBOS } from '@dbos-inc/dbos-sdk'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { engineHouse, on, until, workflows } from '../../support/engine-house.ts'
import { chain } from '../../support/engine-world.ts'

let house: Awaited<ReturnType<typeof engineHouse>>
let world: Awaited<ReturnType<typeof house.start>>

beforeAll(async () => {
  house = await engineHouse()
  world = await house.start()
})
afterAll(async () => {
  await world.stop()
  await house.close()
})

const isWaiting = (id: string) => async () => (await world.store.run(id))?.state === 'waiting'

test('a run under way when its workflow changes ends as it began, also after a restart', async () => {
  await world.engine.start('frozen-1', 'asking', on('acme/frozen'))
  await until(isWaiting('frozen-1'))
  await world.stop()

  world = await house.start({
    workflows: { ...workflows, asking: chain('asking', { one: ['refuse'] }) },
  })
  await world.engine.signal('frozen-1', 'answer', 'yes', 'delivery-4')

  expect((await world.engine.result('frozen-1')).status).toBe('succeeded')
})

test('a process that leaves sets its runs aside, and resume takes them up', async () => {
  await world.stop()
  world = await house.start({ role: 'command' })
  const before = house.times('+ one/step-2')
  await world.engine.start('parked-1', 'lingering', on('acme/parked'))
  await until(() => house.times('+ one/step-2') > before)
  await world.stop()
  expect(house.lines().at(-1)).toBe('! one/step-2')

  world = await house.start({ role: 'command', executorId: 'another' })

  expect(await world.engine.list({ unfinished: true })).toContainEqual({
    id: 'parked-1',
    workflow: 'lingering',
    status: 'pending',
  })
  expect(house.times('+ one/step-2')).toBe(before + 1)
  await world.engine.resume('parked-1')
  await until(() => house.times('+ one/step-2') === before + 2)
  await world.engine.cancel('parked-1')
})

test('a step that answers because its process leaves did not fail: whoever takes over does it again', async () => {
  await world.stop()
  world = await house.start({ executorId: 'another' })
  const before = house.times('+ one/step-2')
  await world.engine.start('cut-short-1', 'shrugging', on('acme/cut-short'))
  await until(() => house.times('+ one/step-2') > before)

  await world.stop()
  world = await house.start({ executorId: 'another' })
  await until(() => house.times('+ one/step-2') === before + 2)

  expect((await world.store.run('cut-short-1'))?.state).not.toBe('finished')
  await world.engine.cancel('cut-short-1')
})

test('a schedule starts one run at each tick, each with a task of its own, until it is ended', async () => {
  const run = { workflow: 'plain', event: on('acme/nightly') }
  await world.engine.schedule('nightly', '* * * * * *', run)

  await until(async () => (await world.store.runs({ repository: 'acme/nightly' })).length >= 2)

  const runs = await world.store.runs({ repository: 'acme/nightly' })
  expect(runs.every(({ id }) => /^nightly@.*:\d\d\.000Z$/.test(id))).toBe(true)
  expect(new Set(runs.map(({ taskId }) => taskId)).size).toBe(runs.length)
  // One that is no more, and one that never was.
  await world.engine.unschedule('nightly')
  await world.engine.unschedule('nightly')
  expect(await DBOS.listSchedules()).toEqual([])
})

test('an executor id belongs to one living process', async () => {
  await expect(house.start({ executorId: 'another' })).rejects.toThrow('already running')
})
