import type { Crop } from './crops.ts'
import { targetFor } from './crops.ts'

/** Hours of lamp light that the day's sun leaves to be added. */
export function lampHours(crop: Crop, hoursOfSun: number): number {
  const missing = targetFor( crop ).hoursOfLight-hoursOfSun;
  return Math.max(0, Math.round(missing * 10) / 10)
}

export function lampSchedule(crop: Crop, sunset: number, hoursOfSun: number): [number, number] {
  const hours = lampHours(crop, hoursOfSun)
  return [sunset, Math.min(24, sunset + hours)]
}
