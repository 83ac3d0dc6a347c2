import { expect, test } from 'vitest'

import { dayReport } from '../src/report.ts'
import { greenhouse, zones } from './fixtures.ts'

test('a day is told in three numbers', async () => {
  const { sensors } = greenhouse()
  expect(await dayReport(sensors, zones)).toEqual({ zones: 2, squareMetres: 100, celsius: 20.5 })
})
