import type { Octokit } from '@octokit/rest'
import { z } from 'zod'

import type { Bookmarks } from '#ports/bookmarks.ts'
import type { Inbox } from '#ports/inbox.ts'

import { type Attempted, attemptedSince } from './delivery-log.ts'

interface Sweep {
  /** Speaks as the App. */
  readonly app: Octokit
  readonly inbox: Pick<Inbox, 'known'>
  readonly bookmarks: Bookmarks
  /** How often all processes together look. */
  readonly everyMs: number
  /** We are to stop: no further delivery is asked for. */
  readonly over: AbortSignal
}

/** GitHub does not deliver a second time by itself; ours to ask, and not for ever. */
const mostAsked = 5
const mostInOneRound = 500

/** Deliveries are listed in the order of their beginning, and one may take ten seconds to fail. */
const overlapMs = 60_000

const place = z.object({
  /** The newest attempt of which all older ones were looked at; null before the first round. */
  at: z.iso.datetime().nullable(),
  /** How often each delivery that goes on failing was asked for. */
  asked: z.record(z.string(), z.number()),
})

/**
 * Asks GitHub to deliver again what failed and never came in. Answers how many it asked for; null when another process
 * looked a moment ago. Throws when GitHub does not answer: the next round then begins where this one did.
 */
export async function askForMissed(of: Sweep): Promise<number | null> {
  const round = await of.bookmarks.begin(bookmark, of.everyMs)
  if (round === null) return null
  const before = placeOf(round.place)
  const since = before.at === null ? null : new Date(Date.parse(before.at) - overlapMs)
  const { newest, failed } = await attemptedSince(of.app, since)
  const known = await of.inbox.known(failed.map(({ guid }) => guid))
  const missed = failed.filter(({ guid }) => !known.has(guid))
  const { asked, count } = await askForEach(of, missed.slice(0, mostInOneRound), before.asked)
  const isWhole = missed.length <= mostInOneRound && !of.over.aborted
  // What was left out is older than the newest: the next round must see it again.
  const at = isWhole ? (newest ?? before.at) : before.at
  await of.bookmarks.end(bookmark, JSON.stringify({ at, asked }))
  return count
}

async function askForEach(
  { app, over }: Sweep,
  missed: readonly Attempted[],
  before: Readonly<Record<string, number>>,
) {
  const asked: Record<string, number> = {}
  let count = 0
  for (const one of missed) {
    const times = before[one.guid] ?? 0
    const isAsked = times < mostAsked && !over.aborted && (await ask(app, one))
    asked[one.guid] = times + Number(isAsked)
    count += Number(isAsked)
  }
  return { asked, count }
}

const bookmark = 'missed deliveries'

function placeOf(text: string | null): z.infer<typeof place> {
  return place.parse(text === null ? { at: null, asked: {} } : JSON.parse(text))
}

/** False when GitHub will not: it keeps deliveries for three days. */
async function ask(app: Octokit, { id }: Attempted): Promise<boolean> {
  try {
    await app.request(`POST /app/hook/deliveries/${id}/attempts`)
    return true
  } catch (error) {
    const isRefused =
      error instanceof Error && 'status' in error && (error.status === 404 || error.status === 422)
    if (isRefused) return false
    throw error
  }
}
