import { expect, test } from 'vitest'

import { dewPoint } from '../src/climate.ts'
import { targetFor } from '../src/crops.ts'
import { lampHours, lampSchedule } from '../src/light.ts'
import { plan } from '../src/planner.ts'

const zone = { name: 'west', crop: 'orchid', squareMetres: 10 } as const

test('the dew point lies below the temperature', () => {
  expect(dewPoint({ zone: 'x', celsius: 20, humidity: 50, lux: 0 })).toBeCloseTo(9.27, 1)
})

test('a comfortable zone is left alone', () => {
  expect(plan(zone, { zone: 'west', celsius: 21, humidity: 70, lux: 500 })).toEqual([])
})

test('mist opens the vents a little', () => {
  const commands = plan(zone, { zone: 'west', celsius: 20, humidity: 97, lux: 500 })
  expect(commands).toEqual([{ kind: 'vent', zone: 'west', share: 0.1 }])
})

test('lamps add what the sun leaves out', () => {
  expect(lampHours('tomato', 9.25)).toBe(4.8)
  expect(lampHours('orchid', 12)).toBe(0)
  expect(lampSchedule('lettuce', 17, 8)).toEqual([17, 21])
  expect(targetFor('tomato').hoursOfLight).toBe(14)
})
