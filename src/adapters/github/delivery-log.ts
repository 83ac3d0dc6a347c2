import type { Octokit } from '@octokit/rest'
import { z } from 'zod'

/** One attempt of GitHub's to deliver. */
export interface Attempted {
  /** Of the attempt; a text, for it may be longer than a number holds. */
  readonly id: string
  /** Of the delivery: a redelivery has the same. */
  readonly guid: string
}

const page = z.array(
  z.object({
    id: z.union([z.string(), z.number()]).transform(String),
    guid: z.string(),
    delivered_at: z.iso.datetime({ offset: true }),
    status_code: z.number().nullable(),
  }),
)
type Entry = z.infer<typeof page>[number]

interface Log {
  /** When the newest attempt was made; null where there is none. ISO. */
  readonly newest: string | null
  /** The last attempt of every delivery none of whose attempts since then was taken, oldest first. */
  readonly failed: readonly Attempted[]
}

/** What GitHub tried to deliver since then; null asks for all it still knows. */
export async function attemptedSince(app: Octokit, since: Date | null): Promise<Log> {
  const entries = await entriesSince(app, since)
  const taken = new Set(entries.filter(isTaken).map(({ guid }) => guid))
  // Newest first, so what is set last is the oldest: turned around, the newest stays.
  const last = new Map(entries.toReversed().map(({ id, guid }) => [guid, { id, guid }]))
  const [newest] = entries
  return {
    newest: newest ? new Date(newest.delivered_at).toISOString() : null,
    failed: [...last.values()].filter(({ guid }) => !taken.has(guid)),
  }
}

async function entriesSince(app: Octokit, since: Date | null): Promise<readonly Entry[]> {
  const found: Entry[] = []
  const pages = app.paginate.iterator(app.rest.apps.listWebhookDeliveries, {
    per_page: 100,
    request: { fetch: withLongIds },
  })
  for await (const { data } of pages) {
    const entries = page.parse(data)
    const recent = entries.filter(
      ({ delivered_at: at }) => since === null || Date.parse(at) > since.getTime(),
    )
    found.push(...recent)
    if (recent.length < entries.length) break
  }
  return found
}

function isTaken({ status_code: status }: Entry): boolean {
  return status !== null && status >= 200 && status < 300
}

/** An id beyond 2^53 would be rounded to another one: it is made a text before anybody reads it as a number. */
async function withLongIds(url: string | URL, init: RequestInit): Promise<Response> {
  const response = await fetch(url, { ...init, signal: AbortSignal.timeout(30_000) })
  const text = await response.text()
  const { status, headers } = response
  return new Response(text.replaceAll(/(?<!\\)"id":\s*(\d{16,})/g, '"id":"$1"'), {
    status,
    headers,
  })
}
