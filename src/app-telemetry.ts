import { setTimeout as sleep } from 'node:timers/promises'

import type { TraceSender } from '#adapters/telemetry/otlp.ts'
import { tracesFailed } from '#messages/telemetry.ts'
import type { Bookmarks } from '#ports/bookmarks.ts'
import type { FinishedRuns } from '#ports/telemetry.ts'
import type { Clock } from '#ports/world.ts'

interface Tracing {
  readonly finishedRuns: FinishedRuns
  readonly bookmarks: Bookmarks
  readonly clock: Clock
  /** A line for who runs the service. */
  readonly tell: (line: string) => void
}

const everyMs = 5000
const mostAtOnce = 20

/** Sends the traces of runs that end, until it is stopped. What a collector did not take is sent again. */
export async function keepTracing(
  of: Tracing,
  endpoint: string,
): Promise<{ stop(): Promise<void> }> {
  const { otlpSender } = await import('#adapters/telemetry/otlp.ts')
  const sender = otlpSender(endpoint)
  const over = new AbortController()
  const tracing = (async () => {
    while (!over.signal.aborted) {
      await sendTraces(of, sender).catch((error: unknown) => of.tell(tracesFailed(String(error))))
      await sleep(everyMs, undefined, { signal: over.signal }).catch(() => undefined)
    }
  })()
  return {
    async stop() {
      over.abort()
      await tracing
      await sender.stop()
    },
  }
}

const bookmark = 'traces'

/** One round, by one of the processes; what ended before the first one is let be. @internal */
export async function sendTraces(
  { finishedRuns, bookmarks, clock }: Tracing,
  sender: Pick<TraceSender, 'send'>,
): Promise<void> {
  const begun = await bookmarks.begin(bookmark, everyMs / 2)
  if (begun === null) return
  if (begun.place === null) return await bookmarks.end(bookmark, clock.now().toISOString())
  const runs = await finishedRuns.after(begun.place, mostAtOnce)
  const last = runs.at(-1)?.run
  if (last === undefined) return
  await sender.send(runs)
  await bookmarks.end(bookmark, `${last.finishedAt} ${last.id}`)
}
