import type { Delivery } from '#domain/delivery.ts'
import type { Objective, ObjectiveName } from '#domain/dora.ts'

import { between, isBad } from './dora.ts'

const minute = 60_000
const fewest = 10

/**
 * S2-40 and S2-41. How long a watch lasts is a setting (K27) and so has no target; how good a single deploy is judges
 * `regression.ts`, and here only how often errors rose by half.
 */
export function objectivesOf(deliveries: readonly Delivery[]): readonly Objective[] {
  const begun = deliveries.filter(({ state }) => state !== 'refused')
  const live = begun.filter(({ liveAt }) => liveAt !== null)
  const times = live.flatMap((one) => between(one.beganAt, one.liveAt) ?? [])
  const counted = live.flatMap((one) => riseOf(one) ?? [])
  return [
    above(
      'success',
      shareOf(begun, ({ state }) => state === 'verified'),
      [0.95, 0.9],
    ),
    below(
      'rollbacks',
      shareOf(live, ({ state }) => isBad(state)),
      [0.05, 0.1],
    ),
    below('deploy-time', { n: times.length, value: mean(times) }, [3 * minute, 5 * minute]),
    below(
      'error-rise',
      shareOf(counted, (rise) => rise > 1.5),
      [0, 0],
    ),
  ]
}

type Measured = Pick<Objective, 'n' | 'value'>
type Bounds = readonly [target: number, alertAt: number]

/** How many times as many errors; null where nobody counted. One of nothing is no rise that can be told. */
function riseOf({ before, after }: Delivery): number | null {
  if (before === null || after === null || before.errors === 0) return null
  if (before.requests === 0 || after.requests === 0) return null
  return after.errors / after.requests / (before.errors / before.requests)
}

function shareOf<T>(all: readonly T[], isOne: (one: T) => boolean): Measured {
  const value = all.length === 0 ? null : all.filter(isOne).length / all.length
  return { n: all.length, value }
}

function mean(numbers: readonly number[]): number | null {
  return numbers.length === 0 ? null : numbers.reduce((sum, one) => sum + one, 0) / numbers.length
}

function above(name: ObjectiveName, measured: Measured, [target, alertAt]: Bounds): Objective {
  const state = stateOf(measured, (value) => [value > target, value < alertAt])
  return { name, ...measured, target, alertAt, state }
}

function below(name: ObjectiveName, measured: Measured, [target, alertAt]: Bounds): Objective {
  const state = stateOf(measured, (value) => [value < target || value === 0, value > alertAt])
  return { name, ...measured, target, alertAt, state }
}

function stateOf(
  { n, value }: Measured,
  judge: (value: number) => readonly [isMet: boolean, isAlert: boolean],
): Objective['state'] {
  if (value === null || n < fewest) return 'too-few'
  const [isMet, isAlert] = judge(value)
  if (isAlert) return 'alert'
  return isMet ? 'met' : 'missed'
}
