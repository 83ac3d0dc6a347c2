import { expect, test } from 'vitest'

import { deployWorld } from './support/deploy-world.ts'
import { maria } from './support/gated-change.ts'

type World = ReturnType<typeof deployWorld>

/** Two good deploys; the second one is taken back by a person, when it is over or while it is watched. */
const ways: Readonly<Record<string, (world: World, deaths: number) => Promise<unknown>>> = {
  async 'a rollback of what is verified'({ next, rollBack, life }, deaths) {
    await next(6, 'b')
    life.left = deaths
    return await rollBack()
  },
  async 'a deploy that somebody wants back while it is watched'(world, deaths) {
    const { next, follow, meanwhile, change, life } = world
    meanwhile.push(() => change.write(maria, 'rollback')())
    life.left = deaths
    await next(6, 'b')
    return await follow()
  },
}

test.each(Object.entries(ways))(
  'of %s a process may die after whatever it does, and it is taken back once',
  async (_what, way) => {
    let [deaths, isOver] = [0, false]
    while (!isOver) {
      const world = deployWorld({}, true, '      poll-seconds: 100\n')
      await world.next(5, 'a')
      await way(world, (deaths += 1))
      isOver = Number.isFinite(world.life.left)
      const { place, opened, incidents, deployments } = world
      const told = { after: deaths, tasks: place.orders.map(({ order: { task } }) => task) }
      expect(told).toEqual({ after: deaths, tasks: ['deploy', 'deploy', 'rollback'] })
      expect([place.live(), opened.length, incidents.length]).toEqual(['a', 1, 1])
      expect(deployments.rows.filter(({ state }) => state === 'rolled-back')).toHaveLength(1)
    }
    expect(deaths).toBeGreaterThan(20)
  },
  120_000,
)
