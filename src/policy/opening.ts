import type { GateRefusal, GateRules } from '#domain/gate.ts'
import type { DeployHours, FreezeWindow } from '#domain/opening.ts'

type Times = Pick<GateRules, 'freezes' | 'hours'>

/** Whether the configuration lets a deploy begin at this moment. */
export function closedAt({ freezes, hours }: Times, now: Date): GateRefusal | null {
  if (freezes.some((one) => began(one) <= now && now < new Date(one.to))) return 'freeze-window'
  return hours === null || isWithin(hours, now) ? null : 'outside-hours'
}

/** When the last freeze of the configuration began: what was approved before it does not outlive it. */
export function lastFreeze(freezes: readonly FreezeWindow[], now: Date): Date | null {
  const times = freezes.map(began).filter((time) => time <= now)
  return times.length === 0 ? null : new Date(Math.max(...times.map((time) => time.getTime())))
}

function began({ from }: FreezeWindow): Date {
  return new Date(from)
}

/** By the clocks of the place. Hours that end before they begin go over midnight, and belong to the day they began on. */
function isWithin({ days, from, to, zone }: DeployHours, now: Date): boolean {
  const { day, time } = localTime(now, zone)
  const yesterday = localTime(new Date(now.getTime() - 86_400_000), zone).day
  const on = (name: string): boolean => days.some((one) => one === name)
  if (from <= to) return on(day) && from <= time && time <= to
  return (on(day) && time >= from) || (on(yesterday) && time <= to)
}

function localTime(now: Date, timeZone: string): { day: string; time: string } {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  const parts = new Map(format.formatToParts(now).map(({ type, value }) => [type, value]))
  const day = (parts.get('weekday') ?? '').toLowerCase()
  return { day, time: `${parts.get('hour')}:${parts.get('minute')}` }
}
