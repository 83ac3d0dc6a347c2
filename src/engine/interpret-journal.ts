import type { Attempt } from '#domain/run.ts'
import type { NewAuditEntry, Records, RunStore } from '#ports/run-store.ts'

/**
 * Domain records on their way to the store, many in one round trip, so that a step does not wait for them.
 * Nothing is lost by it: a phase ends only after `flush`, and a restart writes the same records again from the
 * engine's own record of the steps; each has its key.
 */
export interface Journal {
  attempt(attempt: Attempt): void
  audit(entry: NewAuditEntry): void
  /** Resolves when the store has all that was told: the engine's own commit after it takes it to the disk. */
  flush(): Promise<void>
  /** Resolves when all that was told is on the disk, whatever became of the store's server meanwhile. */
  settle(): Promise<void>
}

type Store = Pick<RunStore, 'record' | 'settle'>

/** How long a record may stay in memory while a step runs: what a dashboard lags behind. */
const lagMs = 400

export function journalTo(store: Store): Journal {
  const pages = new Pages(store)
  return {
    attempt: (attempt) => {
      pages.attempts.push(attempt)
      pages.writeSoon()
    },
    audit: (entry) => {
      pages.entries.push(entry)
      pages.writeSoon()
    },
    flush: () => pages.write(),
    settle: () => pages.settle(),
  }
}

class Pages {
  attempts: Attempt[] = []
  entries: NewAuditEntry[] = []
  private readonly store: Store
  /** Written and perhaps not on the disk, with the life of the server that took them. */
  private unsettled: { readonly records: Records; readonly life: string }[] = []
  private writing: Promise<void> = Promise.resolve()
  private timer: NodeJS.Timeout | null = null

  constructor(store: Store) {
    this.store = store
  }

  writeSoon(): void {
    this.timer ??= setTimeout(() => {
      // What failed stays in memory and is written by the next flush.
      this.settle().catch(() => undefined)
    }, lagMs).unref()
  }

  /** One write at a time: a later one never overtakes an earlier one. */
  write(): Promise<void> {
    return this.next(() => this.writeNow())
  }

  /** A server that was killed before its disk had them forgot them: they are written again. */
  settle(): Promise<void> {
    return this.next(async () => {
      await this.writeNow()
      while (this.unsettled.length > 0) {
        const life = await this.store.settle()
        const lost = this.unsettled.filter((page) => page.life !== life)
        // Kept until they are written again: the next write may fail.
        this.unsettled = [...lost]
        for (const page of lost) {
          await this.keep(page.records)
          this.unsettled = this.unsettled.filter((one) => one !== page)
        }
      }
    })
  }

  private next(work: () => Promise<void>): Promise<void> {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
    this.writing = this.writing.catch(() => undefined).then(work)
    return this.writing.finally(() => {
      if (this.unsettled.length > 0) this.writeSoon()
    })
  }

  private async writeNow(): Promise<void> {
    const { attempts, entries } = this
    this.attempts = []
    this.entries = []
    try {
      if (attempts.length + entries.length > 0) await this.keep({ attempts, entries })
    } catch (error) {
      this.attempts = [...attempts, ...this.attempts]
      this.entries = [...entries, ...this.entries]
      throw error
    }
  }

  private async keep(records: Records): Promise<void> {
    this.unsettled.push({ records, life: await this.store.record(records) })
  }
}
