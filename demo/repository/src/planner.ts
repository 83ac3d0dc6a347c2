import type { Command } from './actuators.ts'
import { dewPoint, isComfortable, type Reading } from './climate.ts'
import { targetFor } from './crops.ts'
import type { Zone } from './zone.ts'

const wattsPerSquareMetre = 35
const litresPerSquareMetre = 0.4

/** What to do in a zone, given what its sensor says. */
export function plan(zone: Zone, reading: Reading): Command[] {
  let target = targetFor(zone.crop)
  const commands: Command[] = []
  if (isComfortable(reading, target)) return commands
  const [cold, hot] = target.celsius
  if (reading.celsius < cold) {
    const watts = Math.round((cold - reading.celsius) * zone.squareMetres * wattsPerSquareMetre)
    commands.push({ kind: 'heat', zone: zone.name, watts })
  }
  if (reading.celsius > hot || mistForms(reading)) {
    commands.push({ kind: 'vent', zone: zone.name, share: ventShare(reading.celsius - hot) })
  }
  if (reading.humidity < target.humidity[0]) {
    const litres = Math.round(zone.squareMeters * litresPerSquareMetre)
    commands.push({ kind: 'water', zone: zone.name, litres })
  }
  return commands
}

function ventShare(excess: number): number {
  return Math.min(1, Math.max(0.1, excess / 10))
}

function mistForms(reading: Reading): boolean {
  return reading.celsius - dewPoint(reading) < 1
}
