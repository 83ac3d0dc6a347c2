import type { Middle } from '#domain/dora.ts'
import type { Effect } from '#domain/effect.ts'

import { duration } from './duration.ts'

/** S2-49: from a day to an hour. */
const wantedMs = 60 * 60_000

/** What it was good for, beside the same number of days before (S2-48, S2-49). Plain text. */
export function effectText(now: Effect, before: Effect): string {
  const lines = [
    `Effect of ${now.days} days, and of the ${before.days} before`,
    line('Deploys that were verified', counted(now.verified), counted(before.verified)),
    line('Tasks whose fix stayed', counted(now.mended), counted(before.mended)),
    line('Time to a proved fix', time(now.timeToFix), time(before.timeToFix)),
    line('Time to a verified production', time(now.timeToLive), time(before.timeToLive)),
    line('Tasks that a person had to end', byPeople(now), byPeople(before)),
    line('Deploys that were live and bad', broken(now), broken(before)),
  ]
  return `${lines.join('\n')}\n`
}

interface Told {
  /** Null: nothing to judge. */
  readonly isMet: boolean | null
  readonly is: string
  readonly wanted: string | null
}

function line(name: string, now: Told, before: Told): string {
  const mark = now.isMet === null ? '·' : now.isMet ? '✓' : '⚠'
  const wanted = now.wanted === null ? '' : `, wanted: ${now.wanted}`
  return `  ${mark} ${name}: ${now.is}${wanted}; before: ${before.is}`
}

function counted({ is, wanted }: Effect['verified']): Told {
  return { isMet: is >= wanted, is: String(is), wanted: String(wanted) }
}

function time({ n, medianMs }: Middle): Told {
  if (medianMs === null) return { isMet: null, is: 'not recorded', wanted: null }
  const is = `${duration(medianMs)} (median, n = ${n})`
  return { isMet: medianMs <= wantedMs, is, wanted: `within ${duration(wantedMs)}` }
}

function byPeople({ byPeople: some, tasks }: Effect): Told {
  return { isMet: null, is: shareOf(some, tasks), wanted: null }
}

function broken({ broken: { some, of } }: Effect): Told {
  return { isMet: null, is: shareOf(some, of), wanted: null }
}

function shareOf(some: number, of: number): string {
  return of === 0 ? 'none on record' : `${some} of ${of} (${((100 * some) / of).toFixed(1)} %)`
}
