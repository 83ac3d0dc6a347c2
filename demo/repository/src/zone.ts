import type { Crop } from './crops.ts'

export interface Zone {
  readonly name: string
  readonly crop: Crop
  readonly squareMetres: number
}

export function findZone(zones: readonly Zone[], name: string): Zone {
  const zone = zones.find((candidate) => candidate.name === name)
  if (!zone) throw new Error(`there is no zone ${name}`)
  return zone
}
