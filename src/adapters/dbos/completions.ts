import type { Pool } from 'pg'

interface Wait {
  readonly ids: readonly string[]
  /** The run that waits, or null when the wait is not inside a run. */
  readonly parent: string | null
  readonly resolve: () => void
}

const slowMs = 250
const fastMs = 10
const fastForMs = 200

const unfinished = ['PENDING', 'ENQUEUED', 'DELAYED']

/**
 * Waits for workflows to end with one query for all waits of this process; the SDK asks once per wait and second.
 * What ends in this process is noticed at once.
 */
export class Completions {
  private readonly pool: Pool
  private readonly waits = new Set<Wait>()
  /** Those that end in a moment: only they are asked about in the fast looks, however many others wait. */
  private readonly expected = new Set<Wait>()
  private timer: NodeJS.Timeout | null = null
  private fastUntil = 0
  private nextSlow = 0
  private closed = false

  constructor(pool: Pool) {
    this.pool = pool
  }

  /** Resolves when all of `ids` ended. One that was cancelled counts when its parent was, too. */
  async until(ids: readonly string[], parent: string | null): Promise<void> {
    if (ids.length === 0) return
    await new Promise<void>((resolve) => {
      this.waits.add({ ids, parent, resolve })
      this.schedule(fastMs)
    })
  }

  /** The workflow is about to end here; its end is on record in a moment. */
  expect(id: string): void {
    const wait = [...this.waits].find(({ ids }) => ids.includes(id))
    if (wait === undefined) return
    this.expected.add(wait)
    this.fastUntil = Date.now() + fastForMs
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
    this.schedule(1)
  }

  close(): void {
    this.closed = true
    if (this.timer !== null) clearTimeout(this.timer)
  }

  private schedule(afterMs: number): void {
    if (this.closed || this.waits.size === 0) return
    this.timer ??= setTimeout(() => {
      this.look()
        // The database may be restarting; the next look tells.
        .catch(() => undefined)
        .finally(() => {
          this.timer = null
          this.schedule(Date.now() < this.fastUntil ? fastMs : slowMs)
        })
    }, afterMs)
  }

  private async look(): Promise<void> {
    const ids = new Set(this.asked().flatMap(idsOf))
    // What is under way is not brought home: a thousand waits would be a thousand rows a look.
    const { rows } = await this.pool.query<{ id: string; status: string }>(
      `select workflow_uuid as id, status from dbos.workflow_status
       where workflow_uuid = any($1) and status <> all($2)`,
      [[...ids], unfinished],
    )
    if (rows.length === 0) return
    const ended = new Map(rows.map(({ id, status }) => [id, status]))
    for (const wait of this.waits) {
      if (!isOver(wait, ended)) continue
      this.waits.delete(wait)
      this.expected.delete(wait)
      wait.resolve()
    }
  }

  private asked(): readonly Wait[] {
    const now = Date.now()
    if (now < this.nextSlow && this.expected.size > 0) return [...this.expected]
    this.nextSlow = now + slowMs
    if (now >= this.fastUntil) this.expected.clear()
    return [...this.waits]
  }
}

function idsOf({ ids, parent }: Wait): readonly string[] {
  return parent === null ? ids : [...ids, parent]
}

function isOver({ ids, parent }: Wait, ended: ReadonlyMap<string, string>): boolean {
  // A cancelled run goes on to its next call, which ends it.
  if (parent !== null && ended.get(parent) === 'CANCELLED') return true
  return ids.every((id) => {
    const status = ended.get(id)
    return status !== undefined && (status !== 'CANCELLED' || parent === null)
  })
}
