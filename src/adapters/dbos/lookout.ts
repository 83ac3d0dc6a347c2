import type { Pool } from 'pg'

interface Wait {
  readonly runId: string
  readonly topic: string
  readonly wake: () => void
}

interface Sign {
  readonly runId: string
  /** Null where the run was cancelled, whatever it waits for. */
  readonly topic: string | null
}

/**
 * Looks after all runs of this process that wait for a message, with one query. The database tells of a message at once; but it
 * may have told a connection that broke, and the SDK's own look is two queries of each run.
 */
export class Lookout {
  private readonly pool: Pool
  private readonly everyMs: number
  private readonly waits = new Set<Wait>()
  private timer: NodeJS.Timeout | null = null
  private closed = false

  constructor(pool: Pool, everyMs = 5000) {
    this.pool = pool
    this.everyMs = everyMs
  }

  /** Calls `wake` again and again while `receiving` is open and there is a message, or the run was cancelled. */
  async during<T>(receiving: Promise<T>, wait: Wait): Promise<T> {
    this.waits.add(wait)
    this.schedule()
    try {
      return await receiving
    } finally {
      this.waits.delete(wait)
    }
  }

  close(): void {
    this.closed = true
    if (this.timer !== null) clearTimeout(this.timer)
  }

  private schedule(): void {
    if (this.closed || this.waits.size === 0) return
    this.timer ??= setTimeout(() => {
      this.look()
        // The database may be restarting; the next look tells.
        .catch(() => undefined)
        .finally(() => {
          this.timer = null
          this.schedule()
        })
    }, this.everyMs)
  }

  private async look(): Promise<void> {
    const ids = [...new Set([...this.waits].map(({ runId }) => runId))]
    const { rows } = await this.pool.query<Sign>(
      `select destination_uuid as "runId", topic from dbos.notifications
       where destination_uuid = any($1) and not consumed
       union all
       select workflow_uuid, null from dbos.workflow_status
       where workflow_uuid = any($1) and status = 'CANCELLED'`,
      [ids],
    )
    if (rows.length === 0) return
    for (const wait of this.waits) {
      if (rows.some((sign) => isFor(sign, wait))) wait.wake()
    }
  }
}

function isFor(sign: Sign, { runId, topic }: Wait): boolean {
  return sign.runId === runId && (sign.topic === null || sign.topic === topic)
}
