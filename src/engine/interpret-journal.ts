import type { Attempt } from '#domain/run.ts'
import type { NewAuditEntry, RunStore } from '#ports/run-store.ts'

/**
 * Domain records on their way to the store, many in one round trip, so that a step does not wait for them.
 * Nothing is lost by it: a phase ends only after `flush`, and a restart writes the same records again from the
 * engine's own record of the steps; each has its key.
 */
export interface Journal {
  attempt(attempt: Attempt): void
  audit(entry: NewAuditEntry): void
  /** Resolves when all that was told is in the store. */
  flush(): Promise<void>
}

/** How long a record may stay in memory while a step runs: what a dashboard lags behind. */
const lagMs = 400

export function journalTo(store: Pick<RunStore, 'record'>): Journal {
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
  }
}

class Pages {
  attempts: Attempt[] = []
  entries: NewAuditEntry[] = []
  private readonly store: Pick<RunStore, 'record'>
  private writing: Promise<void> = Promise.resolve()
  private timer: NodeJS.Timeout | null = null

  constructor(store: Pick<RunStore, 'record'>) {
    this.store = store
  }

  writeSoon(): void {
    this.timer ??= setTimeout(() => {
      // What failed stays in memory and is written by the next flush.
      this.write().catch(() => undefined)
    }, lagMs).unref()
  }

  /** One write at a time: a later one never overtakes an earlier one. */
  write(): Promise<void> {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
    this.writing = this.writing.catch(() => undefined).then(() => this.writeNow())
    return this.writing
  }

  private async writeNow(): Promise<void> {
    const { attempts, entries } = this
    this.attempts = []
    this.entries = []
    try {
      if (attempts.length + entries.length > 0) await this.store.record({ attempts, entries })
    } catch (error) {
      this.attempts = [...attempts, ...this.attempts]
      this.entries = [...entries, ...this.entries]
      throw error
    }
  }
}
