import { z } from 'zod'

import type { Bookmarks } from '#ports/bookmarks.ts'
import type { Inbox } from '#ports/inbox.ts'
import type { Clock } from '#ports/world.ts'

import { statusOf } from './client.ts'
import type { GitHubClients } from './clients.ts'
import { type InstalledRepository, installedAfter, type Position } from './installed.ts'
import { redHeads } from './red-heads.ts'

interface Sweep {
  readonly clients: Pick<GitHubClients, 'app' | 'clientFor' | 'listing'>
  /** Our own checks are reports and no failures. */
  readonly appId: number
  readonly inbox: Pick<Inbox, 'store'>
  readonly bookmarks: Bookmarks
  readonly clock: Clock
  /** How often all processes together look, and how much one round asks. */
  readonly everyMs: number
  readonly mostRequests?: number
  /** We are to stop: no further repository is looked at. */
  readonly over: AbortSignal
}

/**
 * A round asks this much and goes on at the next one. Twelve rounds an hour are then under half of the 5,000 requests
 * that an installation has (GitHub, "Rate limits for the REST API").
 */
const usualRequests = 200
/** What a repository costs in which there is nothing: a token, its pull requests, its branch. */
const fewestRequests = 3

/** Our clock and GitHub's are not one, and a check is shown a moment after it ended. */
const overlapMs = 10 * 60_000

const place = z.object({
  /** What ended before this was looked at everywhere. */
  since: z.iso.datetime(),
  /** When the lap through all repositories began that is under way, and how far it came. */
  began: z.iso.datetime(),
  after: z.object({ installation: z.number(), repository: z.number() }),
  /** False where a repository of this lap could not be read. */
  isWhole: z.boolean(),
})
type Place = z.infer<typeof place>

const start: Position = { installation: 0, repository: 0 }
const bookmark = 'missed checks'

/**
 * Asks GitHub for checks that failed while nobody told us, a part of the repositories each time: at the tip of the default
 * branch and at the heads of open pull requests. What it finds goes into the inbox as a delivery would. Answers how many
 * it found; null when another process looked a moment ago. Throws where a repository cannot be read: the next round goes
 * on behind it, and the next lap looks as far back as this one.
 */
export async function askForMissedChecks(of: Sweep): Promise<number | null> {
  const round = await of.bookmarks.begin(bookmark, of.everyMs)
  if (round === null) return null
  const now = of.clock.now().toISOString()
  const fresh = { since: now, began: now, after: start, isWhole: true }
  if (round.place !== null) return await goOn(of, place.parse(JSON.parse(round.place)), fresh)
  await keep(of, fresh)
  return 0
}

async function goOn(of: Sweep, before: Place, fresh: Place): Promise<number> {
  const { mostRequests = usualRequests } = of
  let { after } = before
  let asked = 0
  let found = 0
  for await (const repository of installedAfter(of.clients, after)) {
    if (of.over.aborted || asked >= mostRequests) {
      await keep(of, { ...before, after })
      return found
    }
    after = { installation: repository.installation, repository: repository.id }
    const looked = await look(of, repository, before).catch(async (error: unknown) => {
      await keep(of, { ...before, after, isWhole: false })
      throw error
    })
    asked += looked.asked
    found += looked.found
  }
  await keep(
    of,
    before.isWhole ? { ...fresh, since: before.began } : { ...fresh, since: before.since },
  )
  return found
}

async function look(
  { clients, appId, inbox }: Sweep,
  repository: InstalledRepository,
  { since }: Place,
): Promise<{ readonly asked: number; readonly found: number }> {
  const endedAfter = new Date(Date.parse(since) - overlapMs)
  try {
    const { asked, deliveries } = await redHeads(clients, repository, { appId, endedAfter })
    // A head has one entry for ever, so that it is asked about once: one run is about it in any case.
    const stored = await inbox.store(deliveries)
    return { asked, found: stored.length }
  } catch (error) {
    if (isClosedToUs(error)) return { asked: fewestRequests, found: 0 }
    throw error
  }
}

async function keep({ bookmarks }: Sweep, at: Place): Promise<void> {
  await bookmarks.end(bookmark, JSON.stringify(at))
}

/** Gone, empty, blocked or not granted: there is nothing to look at. A limit is told as 403 too, and passes. */
function isClosedToUs(error: unknown): boolean {
  const status = statusOf(error)
  if (status === 403) return !/rate limit/i.test(String(error))
  return status !== null && closed.has(status)
}

const closed: ReadonlySet<number> = new Set([404, 409, 422, 451])
