import type { Reading } from './climate.ts'

export interface Sensors {
  read(zone: string): Promise<Reading>
}

/** Readings that were written down before, for tests and for rainy days. */
export class RecordedSensors implements Sensors {
  readonly #readings: Map<string, Reading>

  constructor(readings: Iterable<Reading>) {
    this.#readings = new Map([...readings].map((reading) => [reading.zone, reading]))
  }

  async read(zone: string): Promise<Reading> {
    const reading = this.#readings.get(zone)
    if (!reading) throw new Error(`the sensor of ${zone} is silent`)
    return reading
  }
}

export async function averageTemperature(
  sensors: Sensors,
  zones: readonly string[],
): Promise<number> {
  const readings = await Promise.all(zones.map((zone) => sensors.read(zone)))
  const sum = readings.reduce((total, { celsius }) => total + celsius, 0)
  return zones.length === 0 ? 0 : sum / zones.length
}
