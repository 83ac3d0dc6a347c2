import { averageTemperature, type Sensors } from './sensors.ts'
import type { Zone } from './zone.ts'

export interface DayReport {
  readonly zones: number
  readonly squareMetres: number
  readonly celsius: number
}

export async function dayReport(sensors: Sensors, zones: readonly Zone[]): Promise<DayReport> {
  const names = zones.map(({ name }) => name)
  const celsius = averageTemperature(sensors, names)
  const squareMetres = zones.reduce((total, zone) => total + zone.squareMetres, 0)
  return { zones: zones.length, squareMetres, celsius: Math.round(celsius * 10) / 10 }
}
