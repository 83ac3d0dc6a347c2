export interface Reading {
  readonly zone: string
  readonly celsius: number
  readonly humidity: number
  readonly lux: number
}

export interface Target {
  readonly celsius: readonly [low: number, high: number]
  readonly humidity: readonly [low: number, high: number]
  readonly hoursOfLight: number
}

export function dewPoint({ celsius, humidity }: Reading): number {
  const gamma = Math.log(humidity / 100) + (17.62 * celsius) / (243.12 + celsius)
  return (243.12 * gamma) / (17.62 - gamma)
}

export function isComfortable({ celsius, humidity }: Reading, target: Target): boolean {
  return within(celsius, target.celsius) && within(humidity, target.humidity)
}

function within(value: number, [low, high]: readonly [number, number]): boolean {
  return value >= low && value <= high
}
