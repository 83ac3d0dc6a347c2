import { sweep } from '#adapters/git/work.ts'
import { systemClock } from '#adapters/system/world.ts'
import type { Culprits } from '#ports/culprits.ts'
import type { Flakes } from '#ports/flakes.ts'
import type { RunStore } from '#ports/run-store.ts'

/** S4-37: artefacts are kept for seven days; the record of a run is kept longer. */
const retentionMs = 7 * 86_400_000
const everyMs = 10 * 60_000

/** What commands said counts for a week; a flaky test is quiet after two, and its issue tells of what was before. */
const forgottenMs = { looks: retentionMs, sightings: 90 * 86_400_000 }

interface Records {
  readonly store: Pick<RunStore, 'runs'>
  readonly culprits: Pick<Culprits, 'forget'>
  readonly flakes: Pick<Flakes, 'forget'>
}

/** Deletes from the database what nobody asks for any more. */
async function forgetOld({ culprits, flakes }: Omit<Records, 'store'>, now: Date): Promise<void> {
  await culprits.forget(new Date(now.getTime() - forgottenMs.looks))
  await flakes.forget(new Date(now.getTime() - forgottenMs.sightings))
}

/**
 * Sweeps now and then: a run that ends removes its files where it ends, and not where a process was killed or at the other
 * machines that had a phase of it.
 */
export async function keepSwept(home: string, records: Records): Promise<{ stop(): void }> {
  await sweepWork(home, records.store)
  const timer = setInterval(() => {
    // The next time is soon enough where the database is away.
    sweepWork(home, records.store)
      .then(() => forgetOld(records, systemClock.now()))
      .catch(() => undefined)
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
