import type { Delivery } from '#domain/delivery.ts'
import type { Effect, MendingTask } from '#domain/effect.ts'

import { between, isBad, middleOf } from './dora.ts'

/** What a month is to bring (S2-48). That no bad deploy is ever live nobody can promise, and is no target (K32). */
const monthly = { verified: 50, mended: 30 } as const
const monthDays = 30

/** What ended within so many days; wanted is in proportion to them. */
export function effectOf(
  tasks: readonly MendingTask[],
  deliveries: readonly Delivery[],
  days: number,
): Effect {
  const live = deliveries.filter(({ liveAt }) => liveAt !== null)
  const verified = live.filter(({ state }) => state === 'verified')
  const mended = tasks.filter((task) => task.isMended)
  const good = mended.filter((task) => !task.isTakenBack)
  return {
    days,
    verified: { is: verified.length, wanted: share(monthly.verified, days) },
    mended: { is: good.length, wanted: share(monthly.mended, days) },
    tasks: tasks.length,
    timeToFix: middleOf(mended.map(({ startedAt, endedAt }) => between(startedAt, endedAt))),
    timeToLive: middleOf(mended.map(({ startedAt, liveAt }) => between(startedAt, liveAt))),
    byPeople: tasks.filter((task) => !task.isMended || task.isTakenOver || task.isTakenBack).length,
    broken: { some: live.filter(({ state }) => isBad(state)).length, of: live.length },
  }
}

function share(aMonth: number, days: number): number {
  return Math.ceil((aMonth * days) / monthDays)
}
