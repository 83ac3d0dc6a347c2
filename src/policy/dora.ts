import type { Delivery } from '#domain/delivery.ts'
import type { DeployState } from '#domain/deploy.ts'
import type { Dora, Middle } from '#domain/dora.ts'

/** `deliveries` as they ended, the oldest first. */
export function doraOf(deliveries: readonly Delivery[], days: number): Dora {
  const live = deliveries.filter(({ liveAt }) => liveAt !== null)
  const failed = live.filter(({ state }) => isBad(state))
  const restored = failed.filter(({ restoredAt }) => restoredAt !== null)
  const remedies = live.filter((one) => isRemedy(one, deliveries))
  return {
    days,
    deployments: live.length,
    leadTime: middleOf(live.map(({ committedAt, liveAt }) => between(committedAt, liveAt))),
    changeFail: { some: failed.length, of: live.length },
    recovery: middleOf(failed.map((one) => between(one.liveAt, recoveredAt(one, deliveries)))),
    rework: { some: restored.length + remedies.length, of: live.length + restored.length },
  }
}

export function isBad(state: DeployState): boolean {
  return state === 'rolled-back' || state === 'rollback-failed'
}

/** Brought back by us, else by the next good one to the same place, or when somebody said that it is over. */
function recoveredAt(bad: Delivery, all: readonly Delivery[]): Date | null {
  if (bad.restoredAt !== null) return bad.restoredAt
  const next = all
    .slice(all.indexOf(bad) + 1)
    .find((one) => isSamePlace(one, bad) && one.state === 'verified')
  const ends = [next?.liveAt, bad.closedAt].flatMap((one) => one?.getTime() ?? [])
  return ends.length === 0 ? null : new Date(Math.min(...ends))
}

function isRemedy(one: Delivery, all: readonly Delivery[]): boolean {
  if (one.state !== 'verified') return false
  const before = all.slice(0, all.indexOf(one)).findLast((other) => {
    return isSamePlace(other, one) && (isBad(other.state) || other.state === 'verified')
  })
  return before !== undefined && isBad(before.state)
}

function isSamePlace(one: Delivery, other: Delivery): boolean {
  return one.repository === other.repository && one.environment === other.environment
}

/** Milliseconds; null where an end is not on record. */
export function between(from: Date | null, to: Date | null): number | null {
  return from === null || to === null ? null : Math.max(0, to.getTime() - from.getTime())
}

export function middleOf(times: readonly (number | null)[]): Middle {
  const known = times.filter((ms) => ms !== null).toSorted((a, b) => a - b)
  const [low, high] = [known[(known.length - 1) >> 1], known[known.length >> 1]]
  const medianMs = low === undefined || high === undefined ? null : (low + high) / 2
  return { n: known.length, medianMs }
}
