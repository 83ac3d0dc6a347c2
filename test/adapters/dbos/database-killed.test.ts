import { setTimeout as sleep } from 'node:timers/promises'

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'

import { killServer } from '../../support/embedded-processes.ts'
import { engineHouse, on, until } from '../../support/engine-house.ts'

let house: Awaited<ReturnType<typeof engineHouse>>
let world: Awaited<ReturnType<typeof house.start>>

beforeAll(async () => {
  house = await engineHouse()
})
afterEach(() => world.stop())
afterAll(() => house.close())

test.each(['command', 'service'] as const)(
  'the runs of a %s go on when the server is killed under them again and again',
  async (role) => {
    world = await house.start({ role, executorId: role, beatMs: 500 })
    const ids = Array.from({ length: 12 }, (_run, index) => `${role}-${index}`)
    for (const id of ids) await world.engine.start(id, 'plain', on(`acme/${id}`))

    // At different moments of what is under way.
    for (const wait of [60, 330, 720]) {
      await sleep(wait)
      killServer(house.directory)
      await until(() =>
        world.pool.query('select 1').then(
          () => true,
          () => false,
        ),
      )
    }
    const ends = await Promise.all(ids.map((id) => world.engine.result(id)))

    expect(ends.map(({ status }) => status)).toEqual(ids.map(() => 'succeeded'))
    for (const id of ids) {
      expect(await world.store.run(id)).toMatchObject({ state: 'finished', outcome: 'success' })
      const attempts = await world.store.attempts(id)
      expect(attempts.map(({ phase, step, state }) => `${phase}/${step} ${state}`)).toEqual([
        'one/step-1 succeeded',
        'one/step-2 succeeded',
        'two/step-1 succeeded',
      ])
    }
  },
)
