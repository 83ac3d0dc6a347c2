import { RememberingActuators } from '../src/actuators.ts'
import { Controller } from '../src/controller.ts'
import { Journal } from '../src/journal.ts'
import { RecordedSensors } from '../src/sensors.ts'
import type { Zone } from '../src/zone.ts'

export const zones: Zone[] = [
  { name: 'north', crop: 'lettuce', squareMetres: 40 },
  { name: 'south', crop: 'tomato', squareMetres: 60 },
]

export function greenhouse() {
  const sensors = new RecordedSensors([
    { zone: 'north', celsius: 12, humidity: 45, lux: 900 },
    { zone: 'south', celsius: 29, humidity: 70, lux: 1400 },
  ])
  const actuators = new RememberingActuators()
  const journal = new Journal(() => new Date('2026-11-21T06:30:00Z'))
  const controller = new Controller({ zones, sensors, actuators, journal })
  return { actuators, controller, journal, sensors }
}
