import { DBOSExecutor } from '@dbos-inc/dbos-sdk/internal/dbos-executor'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { engineHouse, on, until } from '../../support/engine-house.ts'

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

function systemDatabase() {
  const database = DBOSExecutor.globalInstance?.systemDatabase
  if (!database) throw new Error('The engine is not running.')
  return database
}

const isWaiting = (id: string) => async () => (await world.store.run(id))?.state === 'waiting'

test('a run goes through its phases and leaves its records', async () => {
  await world.engine.start('plain-1', 'plain', on('acme/shop'))
  await world.engine.start('plain-1', 'plain', on('acme/shop'))

  expect(await world.engine.result('plain-1')).toEqual({
    id: 'plain-1',
    workflow: 'plain',
    status: 'succeeded',
  })
  expect(await world.store.run('plain-1')).toMatchObject({ state: 'finished', outcome: 'success' })
  const attempts = await world.store.attempts('plain-1')
  expect(attempts.map(({ phase, step, state }) => `${phase}/${step} ${state}`)).toEqual([
    'one/step-1 succeeded',
    'one/step-2 succeeded',
    'two/step-1 succeeded',
  ])
  const audit = await world.store.audit('plain-1')
  expect(audit.map(({ type }) => type)).toEqual([
    'run-started',
    'step-tried',
    'step-tried',
    'phase-ended',
    'step-tried',
    'phase-ended',
    'run-finished',
  ])
})

test('a run that refused is a failed run with its reason', async () => {
  await world.engine.start('refused-1', 'refused', on('acme/shop'))

  expect(await world.engine.result('refused-1')).toMatchObject({ status: 'failed' })
  expect(await world.store.run('refused-1')).toMatchObject({
    outcome: 'failure',
    reason: 'no-fix-found',
    detail: 'nothing to be done',
  })
})

test('a signal that comes before anybody waits is kept, and the same key counts once', async () => {
  await world.engine.start('early-1', 'asking', on('acme/early'))
  await world.engine.signal('early-1', 'answer', 'yes', 'delivery-1')
  await world.engine.signal('early-1', 'answer', 'yes', 'delivery-1')

  expect(await world.engine.result('early-1')).toMatchObject({ status: 'succeeded' })
  const unread = await world.pool.query(
    'select from dbos.notifications where destination_uuid = $1 and not consumed',
    ['early-1'],
  )
  expect(unread.rowCount).toBe(0)
})

test('a message, and a cancellation, that the database tells nobody of are found all the same', async () => {
  const ids = ['untold-1', 'untold-2'] as const
  for (const id of ids) await world.engine.start(id, 'asking', on(`acme/${id}`))
  for (const id of ids) await until(isWaiting(id))

  await world.pool.query('alter table dbos.notifications disable trigger user')
  await world.engine.signal('untold-1', 'answer', 'yes', 'delivery-4')
  await world.pool.query('alter table dbos.notifications enable trigger user')
  await world.engine.cancel('untold-2')
  const { runningWorkflowMap: here } = systemDatabase()
  await until(() => ids.every((id) => !here.has(id)))

  expect((await world.engine.result('untold-1')).status).toBe('succeeded')
  expect((await world.engine.result('untold-2')).status).toBe('cancelled')
})

test('a run that waits leaves the repository to others', async () => {
  await world.engine.start('waits-1', 'asking', on('acme/busy'))
  await until(isWaiting('waits-1'))

  await world.engine.start('passes-1', 'plain', on('acme/busy'))
  const passed = await world.engine.result('passes-1')

  expect(passed.status).toBe('succeeded')
  expect(await world.engine.list({ unfinished: true })).toContainEqual({
    id: 'waits-1',
    workflow: 'asking',
    status: 'pending',
  })
  await world.engine.signal('waits-1', 'answer', 'go on', 'delivery-2')
  expect((await world.engine.result('waits-1')).status).toBe('succeeded')
  const attempts = await world.store.attempts('waits-1')
  expect(attempts.map(({ step, number }) => `${step} ${number}`)).toEqual([
    'step-1 1',
    'step-2 1',
    'step-2 2',
    'step-3 1',
  ])
})

test('a deploy goes on while the repository is being repaired', async () => {
  const lingered = house.times('+ one/step-2')
  await world.engine.start('repair-1', 'lingering', on('acme/repaired'))
  await until(() => house.times('+ one/step-2') === lingered + 1)

  const repository = { installation: 7, id: 11, owner: 'acme', name: 'repaired' }
  const deploy = { repository, environment: 'production', pull: 5, title: 'Faster' }
  const event = { ...on('acme/repaired'), kind: 'deploy-approved', deploy } as const
  await world.engine.start('deploy-1', 'plain', event)

  expect((await world.engine.result('deploy-1')).status).toBe('succeeded')
  expect(await world.store.run('repair-1')).toMatchObject({ state: 'running' })
  await world.engine.cancel('repair-1')
})

test('a phase with an approval starts when it is given', async () => {
  await world.engine.start('gated-1', 'gated', on('acme/gated'))
  await until(isWaiting('gated-1'))
  expect(await world.store.attempts('gated-1')).toEqual([])

  await world.engine.signal('gated-1', 'approval/one', { approved: true, by: 'ann' }, 'delivery-3')

  expect((await world.engine.result('gated-1')).status).toBe('succeeded')
})

test('cancel tells the running step within a second, and resume goes on with it', async () => {
  const lingered = house.times('+ one/step-2')
  const told = house.times('! one/step-2')
  await world.engine.start('cancel-1', 'lingering', on('acme/cancel'))
  await until(() => house.times('+ one/step-2') === lingered + 1)

  const since = Date.now()
  await world.engine.cancel('cancel-1')
  await until(() => house.times('! one/step-2') === told + 1)

  expect(Date.now() - since).toBeLessThan(1000)
  expect((await world.engine.result('cancel-1')).status).toBe('cancelled')
  expect(await world.store.run('cancel-1')).toMatchObject({
    state: 'finished',
    outcome: 'cancelled',
  })
  await world.engine.resume('cancel-1')
  await until(() => house.times('+ one/step-2') === lingered + 2)
  expect(await world.store.run('cancel-1')).toMatchObject({ state: 'running', outcome: null })
  await world.engine.cancel('cancel-1')
  expect((await world.engine.result('cancel-1')).status).toBe('cancelled')
  await until(() => house.times('! one/step-2') === told + 2)
})

test('a fork keeps the phases before and does the rest again', async () => {
  await world.engine.start('whole-1', 'plain', on('acme/fork'))
  await world.engine.result('whole-1')
  const before = house.lines().length

  await world.engine.forkFrom('whole-1', 'two', 'fork-1')

  expect(await world.engine.result('fork-1')).toMatchObject({ status: 'succeeded' })
  expect(house.lines().slice(before)).toEqual(['+ two/step-1', '- two/step-1'])
  expect(await world.store.run('fork-1')).toMatchObject({ state: 'finished', outcome: 'success' })
})
