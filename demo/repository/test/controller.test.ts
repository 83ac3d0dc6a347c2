import { expect, test } from 'vitest'

import { greenhouse } from './fixtures.ts'

test('a cold and dry zone is heated and watered, a hot one is vented', async () => {
  const { actuators, controller } = greenhouse()
  const commands = await controller.tick()
  expect(commands.map(({ kind, zone }) => `${zone} ${kind}`)).toEqual([
    'north heat',
    'north water',
    'south vent',
  ])
  expect(actuators.sent).toEqual(commands)
})

test('the journal says what was done and when', async () => {
  const { controller, journal } = greenhouse()
  await controller.tend('north')
  expect(journal.lines()).toEqual(['06:30 heat north with 2800 W', '06:30 water north with 16 l'])
  expect(journal).toHaveLength(2)
})

test('a zone that nobody knows is an error', async () => {
  const { controller } = greenhouse()
  await expect(controller.tend('west')).rejects.toThrow('west is silent')
})
