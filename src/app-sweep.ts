import { sweep } from '#adapters/git/work.ts'
import { systemClock } from '#adapters/system/world.ts'
import type { RunStore } from '#ports/run-store.ts'

/** S4-37: artefacts are kept for seven days; the record of a run is kept longer. */
const retentionMs = 7 * 86_400_000
const everyMs = 10 * 60_000

/**
 * Sweeps now and then: a run that ends removes its files where it ends, and not where a process was killed or at the other
 * machines that had a phase of it.
 */
export async function keepSwept(
  home: string,
  store: Pick<RunStore, 'runs'>,
): Promise<{ stop(): void }> {
  await sweepWork(home, store)
  const timer = setInterval(() => {
    // The next time is soon enough where the database is away.
    sweepWork(home, store).catch(() => undefined)
  }, everyMs).unref()
  return {
    stop() {
      clearInterval(timer)
    },
  }
}

async function sweepWork(home: string, store: Pick<RunStore, 'runs'>): Promise<void> {
  const now = systemClock.now()
  const unfinished = await store.runs({ unfinished: true })
  const kept = unfinished.filter(
    ({ startedAt }) => now.getTime() - Date.parse(startedAt) < retentionMs,
  )
  await sweep(home, new Set(kept.map(({ id }) => id)), now)
}
